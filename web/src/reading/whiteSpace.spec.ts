import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { SftQueueItem } from '@/api/types'
import { showCard } from '@/testing/showCard'
import { aboutWhiteSpace } from './whiteSpace'

type Line = Pick<SftQueueItem, 'id' | 'model_response' | 'reference'>
const lines = readFileSync('../tests/samples/cases/text/white-space.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line)

it.each([
  ['w1', 'Equal to the reference but for white space.'],
  ['w2', 'Only white space: 4 characters.'],
  ['w3', 'Equal to the reference but for white space and invisible characters.'],
])('the card %s says what differs', (id, told) => {
  const { model_response, reference } = lines.find((line) => line.id === id)!
  const desk = showCard({ model_response, reference })
  expect(desk.get('white-space').text()).toBe(told)
})

it.each([
  ['42', ['42'], ''],
  ['42 ', ['42', '42 '], ''],
  ['43 ', ['42'], ''],
  ['', ['42'], ''],
  ['4 2', ['7', '42'], 'Equal to the reference but for white space.'],
  ['\u200b', [], 'Only white space and invisible characters: 1 character.'],
  ['\u00a0\u3000', ['42'], 'Only white space: 2 characters.'],
])('%j beside %j', (answer, references, told) => {
  expect(aboutWhiteSpace(answer, references)).toBe(told)
})
