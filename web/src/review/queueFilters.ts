import type { LocationQuery } from 'vue-router'
import type { Outcome, QueueOrder, QueueQuery } from '@/api/types'
import { ANY_SCORE, readScores, type ScoreFilter, scoreQuery } from './scoreFilter'

export interface QueueFilters extends ScoreFilter {
  run_id: string | null
  model_name: string | null
  task_type: string | null
  source: string | null
  q: string | null
  /** Cards that did not fail; null is those that did. */
  outcome: Exclude<Outcome, 'failed'> | 'any' | null
  /** The hash of a failure reason's shape: what failed in the same way; `none`: cards without a reason. */
  shape: string | null
  /** The name of a sample: its cards only, of any outcome, in its own order unless another is chosen. */
  sample: string | null
  order: QueueOrder
  /** Only for the order "random": the same seed gives the same order after a reload. */
  seed: number | null
}

export const ORDERS: readonly { value: QueueOrder; label: string }[] = [
  { value: 'imported', label: 'As imported' },
  { value: 'lowest_score', label: 'Lowest score first' },
  { value: 'newest', label: 'Newest first' },
  { value: 'random', label: 'Random order' },
  { value: 'same_prompt', label: 'Same prompt together' },
  { value: 'same_reason', label: 'By reason' },
]

/** Values of the filter by outcome, beside the failed ones, which a queue shows unless asked. */
export const OUTCOMES = [
  { value: 'passed', label: 'Passed that were kept' },
  { value: 'errored', label: 'Errored' },
  { value: 'unscored', label: 'Unscored' },
  { value: 'any', label: 'Any outcome' },
] as const

export const NO_FILTER = {
  run_id: null,
  model_name: null,
  task_type: null,
  source: null,
  ...ANY_SCORE,
  q: null,
  outcome: null,
  shape: null,
  sample: null,
} as const satisfies Partial<QueueFilters>

export const NO_FILTERS: QueueFilters = { ...NO_FILTER, order: 'imported', seed: null }

/** The filter's value for cards without a reason. */
export const NO_SHAPE = 'none'

export function readFilters(query: LocationQuery): QueueFilters {
  const order = ORDERS.find(({ value }) => value === text(query['order']))?.value ?? 'imported'
  return {
    run_id: text(query['run_id']),
    model_name: text(query['model_name']),
    task_type: text(query['task_type']),
    source: text(query['source']),
    ...readScores(query),
    q: text(query['q'])?.slice(0, 500) ?? null,
    outcome: OUTCOMES.find(({ value }) => value === text(query['outcome']))?.value ?? null,
    shape: text(query['shape']),
    sample: text(query['sample']),
    order,
    seed: order === 'random' ? seed(query['seed']) : null,
  }
}

/** The query string for these filters, without those at their default. */
export function writeFilters(filters: QueueFilters): Record<string, string> {
  const query: Record<string, string> = {}
  for (const name of Object.keys(NO_FILTER) as (keyof typeof NO_FILTER)[]) {
    const value = filters[name]
    if (value !== null && value !== '') query[name] = String(value)
  }
  if (filters.order !== 'imported') query['order'] = filters.order
  if (filters.seed !== null) query['seed'] = String(filters.seed)
  return query
}

/** The filters in the form of the API, for the queue and for bulk steps. */
export function queueQuery(filters: QueueFilters): QueueQuery {
  const { seed, ...rest } = filters
  // a sample has its own order
  const order = rest.sample !== null && rest.order === 'imported' ? null : rest.order
  const query = { ...rest, ...scoreQuery(filters), order, ...(seed === null ? {} : { seed }) }
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null)) as QueueQuery
}

export function isFiltered(filters: QueueFilters): boolean {
  return Object.keys(NO_FILTER).some((name) => Boolean(filters[name as keyof typeof NO_FILTER] !== null))
}

export function sameFilters(a: QueueFilters, b: QueueFilters): boolean {
  return JSON.stringify(writeFilters(a)) === JSON.stringify(writeFilters(b))
}

/** Values to choose from, with their counts. The server's "unknown" stands for a missing value and is left out. */
export function pickable(counts: Readonly<Record<string, number>> | undefined) {
  return Object.entries(counts ?? {})
    .filter(([value]) => value !== '' && value !== 'unknown')
    .map(([value, number]) => ({ value, label: value, hint: number.toLocaleString() }))
}

function text(value: LocationQuery[string] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value
  return first ? first : null
}

function seed(value: LocationQuery[string] | undefined): number {
  const number = Number(text(value))
  return Number.isSafeInteger(number) && number >= 0 && number <= 2 ** 31 ? number : 0
}
