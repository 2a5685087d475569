import { expect, it } from 'vitest'
import { readPatternReport } from './failureReason'

const nothing = { patterns: null, missing: [], forbidden: [], length: null, value: null }

it.each([
  ['pattern_match: 1/3 required patterns matched; missing: ["a", "b \\"c\\""]', 1, 3, ['a', 'b "c"']],
  [
    "pattern_match: 0/2 required patterns matched; missing: ['it''s', \"x\"]".replace("''", "\\'"),
    0,
    2,
    ["it's", 'x'],
  ],
  ['2/2 required patterns matched', 2, 2, []],
  ['pattern_match: 0/1 required patterns matched; missing: []', 0, 1, []],
  ['pattern_match: 0/1 required patterns matched; missing: [tac]', 0, 1, ['tac']],
  ['pattern_match: 0/1 required patterns matched; missing: ["[a-z]; x]"]', 0, 1, ['[a-z]; x]']],
])('reads %s', (reason, matched, required, missing) => {
  expect(readPatternReport(reason)).toEqual({ ...nothing, patterns: { matched, required }, missing })
})

it('reads forbidden patterns and a length, beside the others and alone', () => {
  expect(
    readPatternReport(
      'pattern_match: 0/1 required patterns matched; missing: ["x"]; forbidden: ["sure", "a]b"]; 23 words, at most 15',
    ),
  ).toEqual({
    patterns: { matched: 0, required: 1 },
    missing: ['x'],
    forbidden: ['sure', 'a]b'],
    length: { words: 23, atMost: 15 },
    value: null,
  })
  expect(readPatternReport('forbidden: ["sure"]')).toEqual({ ...nothing, forbidden: ['sure'] })
  expect(readPatternReport('1 word, at most 0.')).toEqual({ ...nothing, length: { words: 1, atMost: 0 } })
})

it('keeps the words of a check of the value', () => {
  expect(
    readPatternReport(
      'pattern_match: 0/1 required patterns matched; missing: ["x"]; number: the last one is 7, expected 8',
    ),
  ).toEqual({
    ...nothing,
    patterns: { matched: 0, required: 1 },
    missing: ['x'],
    value: 'number: the last one is 7, expected 8',
  })
  const both = 'json_schema: the answer is not JSON; number: none in the answer, expected 8'
  expect(readPatternReport(both)).toEqual({ ...nothing, value: both })
})

it.each([
  '',
  'wrong',
  '1/3',
  'judge: 1/3 required patterns matched, I think',
  'missing: ["cut off',
  '23 words, at most 15 were asked for',
])('leaves “%s” as it is', (reason) => {
  expect(readPatternReport(reason)).toBeNull()
})
