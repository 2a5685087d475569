import { describe, expect, it } from 'vitest'
import { insights, mixRow, share } from '@/testing/insights'
import {
  answerOf,
  changeWords,
  mixCells,
  mixFinding,
  mixGroups,
  mixParts,
  type NamedMix,
  runsFinding,
  shareWords,
  surest,
} from './mixRows'

const named = (label: string, by_category: NamedMix['mix']['by_category'], more = {}): NamedMix => ({
  label,
  scope: {},
  mix: mixRow({ by_category, ...more }),
})

describe('the parts of a row', () => {
  it('come in the order of the chips, uncategorised last', () => {
    const mix = mixRow({ by_category: { uncategorised: share(0.1), wrong_answer: share(0.9) } })
    expect(mixParts(mix).map(({ kind, share: part }) => [kind, part])).toEqual([
      ['wrong_answer', 0.9],
      ['uncategorised', 0.1],
    ])
  })

  it('are shares of what was read where that says nothing of the rest', () => {
    const counted = { read: 3, value: null, low: null, high: null }
    const mix = mixRow({
      basis: 'other',
      by_category: { wrong_answer: counted, format_error: { ...counted, read: 1 } },
    })
    expect(mixParts(mix).map(({ share: part }) => part)).toEqual([0.75, 0.25])
    expect(shareWords(mix, 'wrong_answer')).toBe('3 read')
  })

  it('are written with their range, and a missing one as not seen', () => {
    const mix = mixRow({ by_category: { wrong_answer: share(0.38, 0.08) } })
    expect(shareWords(mix, 'wrong_answer')).toBe('38\u00a0% (30 to 46)')
    expect(shareWords(mix, 'format_error')).toBe('0 read')
    expect(shareWords(mixRow({ read: 0, by_category: {} }), 'format_error')).toBe('–')
  })
})

describe('a difference is said', () => {
  it('only where its interval leaves out zero, even if the bars overlap a little', () => {
    // 0.50 - 0.36 = 0.14; the arms of both shares make hypot(0.08, 0.08) = 0.113
    const rows = [
      named('a', { wrong_answer: share(0.5, 0.08) }),
      named('b', { wrong_answer: share(0.36, 0.08) }),
    ]
    expect(surest(rows)).toMatchObject({ kind: 'wrong_answer', high: { label: 'a' }, low: { label: 'b' } })
    const close = [
      named('a', { wrong_answer: share(0.45, 0.08) }),
      named('b', { wrong_answer: share(0.36, 0.08) }),
    ]
    expect(surest(close)).toBeNull()
  })

  it('never of a category that one of both has no read of, unless everything was read', () => {
    const rows = [named('a', { wrong_answer: share(0.9, 0.01) }), named('b', { format_error: share(1, 0) })]
    expect(surest(rows)).toBeNull()
    const whole = named('b', { format_error: share(1, 0) }, { basis: 'all' })
    expect(surest([rows[0]!, whole])).toMatchObject({ kind: 'wrong_answer', high: { label: 'a' } })
  })

  it('in the title of the mix', () => {
    const found = insights({
      by_model: [
        mixRow({ name: 'large', by_category: { wrong_answer: share(0.2), hallucination: share(0.8) } }),
        mixRow({ name: 'small', by_category: { wrong_answer: share(0.5), hallucination: share(0.5) } }),
      ],
    })
    expect(mixFinding(mixGroups(found, {}))).toMatch(/has .* more often than/)
    expect(mixFinding(mixGroups(insights(), {}))).toBe('No difference between models or tasks is sure')
    expect(mixFinding(mixGroups(insights({ all: mixRow({ read: 0, by_category: {} }) }), {}))).toBe(
      'No failure was read yet',
    )
  })
})

describe('runs', () => {
  it('are compared from the first to the last that was read at random', () => {
    const one = named('one', { wrong_answer: share(0.3), format_error: share(0.7) })
    const blank = named('two', {}, { read: 0 })
    const last = named('three', { wrong_answer: share(0.6), format_error: share(0.4) })
    expect(runsFinding([one, blank, last])).toMatch(
      /^(Wrong answer: more often|Format error: less often) in the last/,
    )
    expect(runsFinding([one, blank])).toBe('Two runs that were read at random would show a change')
    expect(runsFinding([one, one, { ...one }])).toBe(
      'From the first to the last of 3 runs, no change is sure',
    )
    expect(changeWords([one, blank, last], 'wrong_answer')).toBe('30 → 60\u00a0%')
    expect(changeWords([one], 'wrong_answer')).toBe('30\u00a0%')
    expect(changeWords([blank], 'wrong_answer')).toBe('–')
  })
})

it('leaves out a group of one row, and knows no cards of what has no name', () => {
  const groups = mixGroups(insights({ by_model: [mixRow(), mixRow({ name: 'large' })] }), { run_id: 'r' })
  expect(groups.map(({ title }) => title)).toEqual(['Model', ''])
  expect(groups[0]!.rows.map(({ label, scope }) => [label, scope])).toEqual([
    ['no model named', null],
    ['large', { run_id: 'r', model_name: 'large' }],
  ])
})

it('answers in one line, and as much as the reads tell', () => {
  const by_category = { scoring_artifact: share(0.15), wrong_answer: share(0.42) }
  expect(answerOf(mixRow({ by_category }))).toBe(
    'Of the failures, about 42\u00a0% are of the kind “wrong answer”, and 15\u00a0% are no failures at all.',
  )
  expect(answerOf(mixRow({ failed: 0, read: 0, by_category: {} }))).toBe('There is no failure here.')
  expect(answerOf(mixRow({ read: 0, by_category: {} }))).toContain('None of 100 failures was read')
  const counted = { read: 4, value: null, low: null, high: null }
  expect(
    answerOf(mixRow({ read: 5, undecided: 1, basis: 'other', by_category: { format_error: counted } })),
  ).toContain('Of the 4 failures that were judged, 100\u00a0%')
})

it('saves every number', () => {
  const cells = mixCells([{ group: 'model', name: 'large', mix: mixRow() }])
  expect(cells[1]?.slice(0, 9)).toEqual(['model', 'large', 100, 50, 50, 0, 0, 0, 'sample'])
  expect(cells[1]).toHaveLength(cells[0]!.length)
  expect(cells[1]?.slice(cells[0]!.indexOf('wrong_answer read')).slice(0, 4)).toEqual([50, 1, 0.95, 1])
})
