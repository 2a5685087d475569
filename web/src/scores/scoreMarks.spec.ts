import { expect, it } from 'vitest'
import { reportRow, unreadRow } from '@/testing/reports'
import { rowName, scoreMark, valuesOf, wrongOf } from './scoreMarks'
import { rangeInShort, scoreInShort } from './scoreTables'

it('quotes of a limit only the end that deserves the word', () => {
  const most = scoreMark(unreadRow({ at_most: { value: 0.637, low: 0.618, high: 0.664 } }))
  const least = scoreMark(unreadRow({ at_least: { value: 0.576, low: 0.537, high: 0.586 } }))
  expect([most, least]).toEqual([
    { kind: 'at_most', high: 0.664 },
    { kind: 'at_least', low: 0.537 },
  ])
  expect([scoreInShort(most), scoreInShort(least)]).toEqual(['≤ 66.4\u00a0%', '≥ 53.7\u00a0%'])
})

it('quotes no limit that leaves everything possible', () => {
  const nothing = {
    at_most: { value: null, low: null, high: 1 },
    at_least: { value: null, low: 0, high: null },
  }
  expect(scoreMark(unreadRow(nothing))).toEqual({ kind: 'unknown' })
})

it('tells an estimate, what the reads leave possible, and nothing', () => {
  expect(scoreMark(reportRow())).toEqual({ kind: 'score', value: 0.62568, low: 0.583, high: 0.654 })
  const limits = scoreMark(unreadRow({ known_limits: { value: null, low: 0.1, high: 0.9 } }))
  expect(limits).toEqual({ kind: 'limits', low: 0.1, high: 0.9 })
  expect([scoreInShort(limits), rangeInShort(limits)]).toEqual(['cannot tell', '10 to 90 possible'])
  expect(scoreMark(unreadRow())).toEqual({ kind: 'unknown' })
})

it('makes room for every mark', () => {
  const like = { harness_score: { value: 0.588, low: 0.557, high: 0.618 }, corrected_score: null }
  expect(valuesOf(reportRow({ like_these: like }))).toEqual([0.62568, 0.583, 0.654, 0.588, 0.557, 0.618])
})

it('counts as wrong what is neither right nor set aside nor undecided', () => {
  const row = reportRow({ set_aside: { failed: 3, passed: 0 }, undecided: { failed: 2, passed: 0 } })
  expect([wrongOf(row, 'failed'), wrongOf(row, 'passed')]).toEqual([83, 1])
})

it('names a row, also one without a task', () => {
  const row = reportRow({ task: '', model_name: 'm' })
  expect(['task', 'model', 'task_model', 'none'].map((group) => rowName(row, group))).toEqual([
    'no task',
    'm',
    'm, no task',
    'all items',
  ])
})
