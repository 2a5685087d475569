import { expect, it } from 'vitest'
import { suggestedFormat } from './suggestedFormat'

it.each([
  [
    { correct: 40, accept: 3, flag: 9 },
    'trl-sft',
    'You have 40 corrections, and no trainer named: start with trl-sft.',
  ],
  [
    { accept: 1, discard: 5 },
    'trl-sft',
    'You have 1 accepted answer, and no trainer named: start with trl-sft.',
  ],
  [
    { accept: 12, flag: 7 },
    'trl-kto',
    'You have 12 accepted answers and 7 flagged ones, and no trainer named: start with trl-kto.',
  ],
])('suggests a format by what was decided: %j', (decided, format, words) => {
  expect(suggestedFormat(decided)).toEqual({ format, words })
})

it('suggests nothing where there is nothing to learn from', () => {
  expect(suggestedFormat({})).toBeNull()
  expect(suggestedFormat({ discard: 9, flag: 4 })).toBeNull()
})
