import type { LocationQuery } from 'vue-router'
import type { Outcome, QueueOrder, QueueQuery } from '@/api/types'
import { ANY_CARD, asked, type CardFilters, oneOf, readCardFilters, set, written } from './valueFilters'

export interface QueueFilters extends CardFilters {
  q: string | null
  /** Cards that did not fail; null is those that did. */
  outcome: Exclude<Outcome, 'failed'> | 'any' | null
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

export const NO_FILTER = { ...ANY_CARD, q: null, outcome: null, sample: null } as const

export const NO_FILTERS: QueueFilters = { ...NO_FILTER, order: 'imported', seed: null }

export function readFilters(query: LocationQuery): QueueFilters {
  const order = ORDERS.find(({ value }) => value === oneOf(query['order']))?.value ?? 'imported'
  return {
    ...readCardFilters(query),
    q: oneOf(query['q'])?.slice(0, 500) ?? null,
    outcome: OUTCOMES.find(({ value }) => value === oneOf(query['outcome']))?.value ?? null,
    sample: oneOf(query['sample']),
    order,
    seed: order === 'random' ? seed(query['seed']) : null,
  }
}

/** The query string for these filters, without those at their default. */
export function writeFilters(filters: QueueFilters): Record<string, string | string[]> {
  return written({ ...filters, order: filters.order === 'imported' ? null : filters.order })
}

/** The filters in the form of the API, for the queue and for bulk steps. */
export function queueQuery(filters: QueueFilters): QueueQuery {
  // a sample has its own order
  const order = filters.sample !== null && filters.order === 'imported' ? null : filters.order
  return asked<QueueQuery>({ ...filters, order } as QueueFilters)
}

export function isFiltered(filters: QueueFilters): boolean {
  return set({ ...filters, order: null, seed: null }).length > 0
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

function seed(value: LocationQuery[string] | undefined): number {
  const number = Number(oneOf(value))
  return Number.isSafeInteger(number) && number >= 0 && number <= 2 ** 31 ? number : 0
}
