import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { showCard } from '@/testing/showCard'
import { isBlank } from './blank'

interface Case {
  name: string
  text: string
  blank: boolean
}

/** The server is tested with the same cases. */
const cases = JSON.parse(readFileSync('../tests/samples/cases/text/blank-texts.json', 'utf8')) as Case[]

it.each(cases)('$name: blank is $blank', ({ text, blank }) => {
  expect(isBlank(text)).toBe(blank)
})

it('a correction without anything visible in it is not sent', async () => {
  const draft = { editing: true, text: '\u200b\u2067\ufeff \u2069', category: null, note: '' }
  const desk = showCard({}, { draft })
  await desk.editor()
  await desk.key('Enter', { ctrlKey: true })
  expect(desk.sent()).toEqual([])
  expect(desk.get('question').text()).toContain('nothing to see')
})
