import type { LocationQuery } from 'vue-router'
import type { DecidedQuery, Outcome, SftAction, SftStatus } from '@/api/types'
import {
  ANY_CARD,
  anyOf,
  asked,
  type ByValue,
  type CardFilters,
  oneOf,
  readCardFilters,
  readValues,
  set,
  written,
} from '@/review/valueFilters'
import { CATEGORIES, UNCATEGORISED } from '@/words/categories'
import { FAULTS } from '@/words/faults'

const READINGS = ['right', 'wrong', 'set_aside', 'undecided', 'told', 'aside', 'any', 'none'] as const
export type Reading = (typeof READINGS)[number]

/** Filters by what was decided that take several values. */
const SAID_VALUES = ['failure_category', 'reviewer', 'action', 'check_fault'] as const
type SaidValue = (typeof SAID_VALUES)[number]

/** The filters of the Decided page. */
export interface DecidedFilters extends CardFilters, ByValue<SaidValue> {
  status: SftStatus | null
  batch_id: string | null
  outcome: Outcome | null
  /** What somebody who opened the card said of the answer; `none`: nobody opened it. */
  reading: Reading | null
  sample: string | null
  since: string | null
  until: string | null
  q: string | null
}

export const DECIDED_STATUSES: readonly SftStatus[] = ['approved', 'discarded', 'model_rejected']
export const ACTIONS: readonly SftAction[] = ['correct', 'accept', 'discard', 'flag']

/** The filter's value for decisions that say nothing of the check. */
export const NO_FAULT = 'none'
export const DECIDED_OUTCOMES: readonly Outcome[] = ['failed', 'passed', 'errored', 'unscored']

export const NO_DECIDED_FILTERS: DecidedFilters = {
  ...ANY_CARD,
  ...anyOf(SAID_VALUES),
  status: null,
  batch_id: null,
  outcome: null,
  reading: null,
  sample: null,
  since: null,
  until: null,
  q: null,
}
const KNOWN = {
  action: ACTIONS,
  failure_category: [...CATEGORIES.map(({ value }) => value as string), UNCATEGORISED],
  check_fault: [...FAULTS.map(({ value }) => value), NO_FAULT],
}

export function readDecidedFilters(query: LocationQuery): DecidedFilters {
  return {
    status: DECIDED_STATUSES.find((known) => known === oneOf(query['status'])) ?? null,
    ...readValues(query, SAID_VALUES, KNOWN),
    ...readCardFilters(query),
    batch_id: oneOf(query['batch_id']),
    outcome: DECIDED_OUTCOMES.find((known) => known === oneOf(query['outcome'])) ?? null,
    reading: READINGS.find((known) => known === oneOf(query['reading'])) ?? null,
    sample: oneOf(query['sample']),
    since: oneOf(query['since']),
    until: oneOf(query['until']),
    q: oneOf(query['q'])?.slice(0, 500) ?? null,
  }
}

/** What the list is sorted by: the headings of the table after the time's, and the choices on a phone. */
export const SORTS = [
  { value: 'at', label: 'Time', numeric: false },
  { value: 'action', label: 'Decision', numeric: false },
  { value: 'failure_category', label: 'Category', numeric: false },
  { value: 'reviewer', label: 'Reviewer', numeric: false },
  { value: 'model_name', label: 'Model', numeric: false },
  { value: 'task_type', label: 'Task', numeric: false },
  { value: 'quality_score', label: 'Score', numeric: true },
] as const
export type DecidedSort = (typeof SORTS)[number]['value']

/** By which column the list is sorted; the newest first unless asked. */
export interface DecidedOrder {
  sort: DecidedSort
  ascending: boolean
}

export function readOrder(query: LocationQuery): DecidedOrder {
  const sort = SORTS.find(({ value }) => value === oneOf(query['sort']))?.value ?? 'at'
  return { sort, ascending: oneOf(query['ascending']) === 'true' }
}

/** The order in the address, and in the form of the API. */
export function orderQuery({ sort, ascending }: DecidedOrder) {
  return { ...(sort !== 'at' && { sort }), ...(ascending && { ascending: true as const }) }
}

export function readPage(query: LocationQuery): number {
  const number = Number(oneOf(query['page']))
  return Number.isSafeInteger(number) && number > 1 ? number : 1
}

/** The filters that are set, for the address. */
export function writeDecidedFilters(filters: DecidedFilters): Record<string, string | string[]> {
  return written(filters)
}

/** The filters that are set, in the form of the API, for the list and a bulk step. */
export function decidedQuery(filters: DecidedFilters): DecidedQuery {
  return asked<DecidedQuery>(filters)
}

export function isDecidedFiltered(filters: DecidedFilters): boolean {
  return set(filters).length > 0
}
