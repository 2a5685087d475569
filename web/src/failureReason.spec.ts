import { expect, it } from 'vitest'
import { readPatternReport } from './failureReason'

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
])('reads %s', (reason, matched, required, missing) => {
  expect(readPatternReport(reason)).toEqual({ matched, required, missing })
})

it.each(['', 'wrong', '1/3', 'judge: 1/3 required patterns matched, I think'])(
  'leaves “%s” as it is',
  (reason) => {
    expect(readPatternReport(reason)).toBeNull()
  },
)
