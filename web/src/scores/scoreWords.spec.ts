import { describe, expect, it } from 'vitest'
import { reportRow, unreadRow } from '@/testing/reports'
import { answerOf, checkFinding, finding, readWords, rowsFinding, textOf, whyNot } from './scoreWords'

const number = (value: number | null, low: number, high: number) => ({ value, low, high })
const MOST = unreadRow({
  read: { failed: 100, passed: 0 },
  basis: { failed: 'sample', passed: 'none' },
  effective_reads: { failed: 100, passed: 0 },
  at_most: number(0.63744, 0.618, 0.664),
})
const LEAST = unreadRow({
  read: { failed: 0, passed: 50 },
  basis: { failed: 'none', passed: 'sample' },
  at_least: number(0.57624, 0.537, 0.586),
})
const LIMITS = unreadRow({
  read: { failed: 30, passed: 0 },
  basis: { failed: 'other', passed: 'none' },
  known_limits: number(null, 0.012, 0.982),
})

describe('the answer in one sentence', () => {
  it.each([
    [reportRow(), 'About 63 of 100 answers are right (between 58 and 65). The harness counted 59.'],
    [
      reportRow({ corrected_score: number(0.6314, 0.6314, 0.6314) }),
      '63.1 of 100 answers are right: every one was read. The harness counted 58.8.',
    ],
    [
      MOST,
      'At most 66 of 100 answers are right; how far below is not known, because no pass was read at random. The harness counted 59.',
    ],
    [
      LEAST,
      'At least 54 of 100 answers are right; how far above is not known, because no failure was read at random. The harness counted 59.',
    ],
    [
      LIMITS,
      'How many answers are right cannot be told: the reads leave anything from 1 to 98 of 100 possible. The harness counted 59.',
    ],
    [
      unreadRow(),
      'How many answers are right cannot be told yet: nobody has read any. The harness counted 59 of 100.',
    ],
    [unreadRow({ harness_score: null }), 'No item of this run was scored, so there is no score to correct.'],
  ])('%#', (row, sentence) => {
    expect(textOf(answerOf(row))).toBe(sentence)
  })

  it('makes its numbers stand out', () => {
    const strong = answerOf(reportRow()).filter((piece) => piece.strong)
    expect(strong.map(({ text }) => text)).toEqual(['63 of 100', '59'])
  })

  it('keeps the decimals that tell two near numbers apart', () => {
    const near = reportRow({ corrected_score: number(0.591, 0.588, 0.594) })
    expect(textOf(answerOf(near))).toContain('About 59.1 of 100 answers are right (between 58.8 and 59.4)')
  })
})

describe('the title claims no more than the bar carries', () => {
  it.each([
    [number(0.63, 0.6, 0.66), 'The harness counts about 4 points too few'],
    [number(0.55, 0.53, 0.57), 'The harness counts about 4 points too many'],
    [number(0.578, 0.57, 0.585), 'The harness counts about 1 point too many'],
    [number(0.62568, 0.583, 0.654), 'The harness may count too few'],
    [number(0.56, 0.5, 0.6), 'The harness may count too many'],
    [number(0.59, 0.55, 0.63), 'The harness may well be right: no difference can be told'],
    [number(0.588, 0.588, 0.588), 'Every answer was read, and the harness counted right'],
    [number(0.63, 0.63, 0.63), 'The harness counts 4 points too few'],
  ])('%#', (corrected_score, title) => {
    expect(finding(reportRow({ corrected_score }))).toBe(title)
  })

  it('says what is missing where there is no estimate', () => {
    expect(finding(MOST)).toBe('At most 66\u00a0%. How far below is not known: no pass was read at random')
    expect(finding(LEAST)).toContain('At least 54\u00a0%')
    expect(finding(LIMITS)).toBe('Cannot tell: cards were read in another way than at random')
    expect(finding(unreadRow())).toBe('Nothing is read yet, so only the harness has a score')
  })
})

it('says which outcome has too few random reads', () => {
  const few = reportRow({ corrected_score: null, effective_reads: { failed: 12, passed: 5 } })
  expect(whyNot(few)).toBe('fewer than ten answers that passed were read at random')
})

it('counts what was read', () => {
  expect(readWords(reportRow())).toBe('150 of 1,000 answers were read')
  expect(readWords(unreadRow())).toBe('None of 1,000 answers was read')
  expect(readWords(reportRow({ read: { failed: 412, passed: 588 } }))).toBe('All 1,000 answers were read')
})

describe('rows', () => {
  const row = (model_name: string, value: number, low: number, high: number) =>
    reportRow({ model_name, corrected_score: number(value, low, high) })

  it.each([
    [[row('a', 0.8, 0.75, 0.85), row('b', 0.6, 0.55, 0.65)], 'a is ahead'],
    [[row('a', 0.8, 0.7, 0.85), row('b', 0.78, 0.7, 0.8), row('c', 0.5, 0.4, 0.6)], 'c has the lowest score'],
    [
      [row('a', 0.8, 0.7, 0.85), row('b', 0.68, 0.6, 0.75), row('c', 0.6, 0.5, 0.65)],
      'a is above c; the models between cannot be told apart',
    ],
    [[row('a', 0.8, 0.7, 0.9), row('b', 0.75, 0.65, 0.85)], 'The models cannot be told apart'],
    [[row('a', 0.8, 0.7, 0.9), unreadRow({ model_name: 'b' })], '1 of 2 models is read enough to tell'],
    [[unreadRow(), unreadRow()], 'Single models are read too little to tell'],
  ])('%#', (rows, title) => {
    expect(rowsFinding(rows, 'model')).toBe(title)
  })
})

it('says on which side the check errs only if the ranges are apart', () => {
  const errors = (strict: ReturnType<typeof number>, lax: ReturnType<typeof number>) =>
    checkFinding(reportRow({ check_errors: { fails_right: strict, passes_wrong: lax } }))
  expect(errors(number(0.2, 0.15, 0.25), number(0.03, 0.01, 0.08))).toBe('The check errs on the strict side')
  expect(errors(number(0.02, 0.01, 0.05), number(0.3, 0.2, 0.4))).toBe('The check errs on the lax side')
  expect(checkFinding(reportRow())).toBe('Which way the check errs is not sure')
})
