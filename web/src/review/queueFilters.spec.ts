import { describe, expect, it } from 'vitest'
import { describeFilters } from './filterWords'
import { isFiltered, NO_FILTERS, pickable, queueQuery, readFilters, writeFilters } from './queueFilters'

const all = {
  ...NO_FILTERS,
  run_id: ['r'],
  model_name: ['m', 'n', 'o'],
  not_task_type: ['t'],
  source: ['benchmark'],
  check: ['exact', 'none'],
  has_reference: 'false',
  min_length: 10,
  max_length: 2000,
  min_score: 0.25,
  max_score: 0.5,
  below: null,
  score: null,
  q: 'two words',
  outcome: 'any',
  shape: ['a1b2'],
  sample: 'audit',
  order: 'random',
  seed: 42,
} as const

it('what was written into the URL is read from it', () => {
  expect(readFilters(writeFilters(all))).toEqual(all)
  expect(readFilters({})).toEqual(NO_FILTERS)
  expect(writeFilters(NO_FILTERS)).toEqual({})
})

it('a lowest score of 0 is a filter: cards without a score are left out', () => {
  const filters = { ...NO_FILTERS, min_score: 0 }
  expect(writeFilters(filters)).toEqual({ min_score: '0' })
  expect(readFilters({ min_score: '0' })).toEqual(filters)
  expect(isFiltered(filters)).toBe(true)
})

it.each([
  [{ min_score: '2' }],
  [{ max_score: '-1' }],
  [{ below: 'x' }],
  [{ order: 'sideways' }],
  [{ outcome: 'failed' }],
  [{ outcome: 'lucky' }],
  [{ seed: '7' }],
  [{ min_score: '' }],
  [{ check: 'odd' }],
  [{ has_reference: 'perhaps' }],
  [{ min_length: '-1' }],
  [{ model_name: ['', null] }],
])('what makes no sense is no filter: %o', (query) => {
  expect(readFilters(query)).toEqual(NO_FILTERS)
})

describe('below', () => {
  it('leaves its end out, where the API takes it in', () => {
    for (const below of [0.1, 0.3, 0.4, 0.5, 0.7, 1]) {
      const { max_score } = queueQuery({ ...NO_FILTERS, below })
      expect(max_score).toBeLessThan(below)
      expect(((max_score ?? 0) + below) / 2).toSatisfy((between) => [max_score, below].includes(between))
    }
  })

  it('stands in place of a highest score, beside a lowest one', () => {
    const filters = { ...NO_FILTERS, below: 0.4, min_score: 0.1 }
    expect(readFilters({ below: '0.4', min_score: '0.1', max_score: '0.2' })).toEqual(filters)
    expect(describeFilters(filters)).toEqual(['score 0.1 to below 0.4'])
  })
})

it('cards without a score or a reason are found, by nothing else of them', () => {
  const filters = readFilters({ score: 'none', shape: 'none', max_score: '0.2' })
  expect(filters).toEqual({ ...NO_FILTERS, score: 'none', shape: ['none'] })
  expect(queueQuery(filters)).toEqual({ order: 'imported', score: 'none', shape: ['none'] })
  expect(describeFilters(filters)).toEqual(['reason none', 'score none'])
})

it('several values come from a repeated parameter, an old address has one', () => {
  const filters = readFilters({ model_name: ['a', 'b', 'a'], not_task_type: 'code', run_id: 'r' })
  expect(filters).toEqual({ ...NO_FILTERS, model_name: ['a', 'b'], not_task_type: ['code'], run_id: ['r'] })
  expect(queueQuery({ ...filters, has_reference: 'true' })).toEqual({
    order: 'imported',
    model_name: ['a', 'b'],
    not_task_type: ['code'],
    run_id: ['r'],
    has_reference: true,
  })
})

it('asks only for what is set', () => {
  expect(queueQuery(NO_FILTERS)).toEqual({ order: 'imported' })
  expect(queueQuery({ ...NO_FILTERS, sample: 'audit' })).toEqual({ sample: 'audit' })
})

it('says in words what is filtered', () => {
  expect(describeFilters(all)).toEqual([
    'run r',
    'model m and 2 more',
    'task not t',
    'source benchmark',
    'check exact, none',
    'reason of the same kind',
    'without a reference',
    'length 10 to 2,000',
    'score 0.25 to 0.5',
    'outcome any',
    'sample audit',
    'text “two words”',
  ])
})

it('offers no value that only stands for none', () => {
  expect(pickable({ unknown: 5, '': 1, facts: 1200 })).toEqual([
    { value: 'facts', label: 'facts', hint: '1,200' },
  ])
})
