import { expect, it } from 'vitest'
import { showCard } from '@/testing/showCard'
import { aboutWhiteSpace } from './whiteSpace'

it('a card says that its response is only white space', () => {
  expect(showCard({ model_response: ' \n\t ' }).get('white-space').text()).toBe(
    'Only white space: 4 characters.',
  )
})

it.each([
  ['42 ', ''],
  ['', ''],
  ['\u200b', 'Only white space and invisible characters: 1 character.'],
  ['\u00a0\u3000', 'Only white space: 2 characters.'],
])('%j', (answer, told) => {
  expect(aboutWhiteSpace(answer)).toBe(told)
})
