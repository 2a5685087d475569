import type { LocationQuery } from 'vue-router'
import type { CheckFault, DecidedQuery, Outcome, SftAction, SftStatus } from '@/api/types'
import { CATEGORIES, UNCATEGORISED } from '@/words/categories'
import { FAULTS } from '@/words/faults'

const READINGS = ['right', 'wrong', 'set_aside', 'undecided', 'told', 'any'] as const
export type Reading = (typeof READINGS)[number]

/** The filters of the Decided page. */
export interface DecidedFilters {
  status: SftStatus | null
  failure_category: string | null
  reviewer: string | null
  action: SftAction | null
  run_id: string | null
  model_name: string | null
  task_type: string | null
  batch_id: string | null
  check_fault: CheckFault | 'none' | null
  outcome: Outcome | null
  /** What somebody who opened the card said of the answer. */
  reading: Reading | null
  sample: string | null
  since: string | null
  q: string | null
}

export const DECIDED_STATUSES: readonly SftStatus[] = ['approved', 'discarded', 'model_rejected']
export const ACTIONS: readonly SftAction[] = ['correct', 'accept', 'discard', 'flag']

/** The filter's value for decisions that say nothing of the check. */
export const NO_FAULT = 'none'
export const DECIDED_OUTCOMES: readonly Outcome[] = ['failed', 'passed', 'errored', 'unscored']
const FAULT_VALUES = [...FAULTS.map(({ value }) => value), NO_FAULT] as const

export const NO_DECIDED_FILTERS: DecidedFilters = {
  status: null,
  failure_category: null,
  reviewer: null,
  action: null,
  run_id: null,
  model_name: null,
  task_type: null,
  batch_id: null,
  check_fault: null,
  outcome: null,
  reading: null,
  sample: null,
  since: null,
  q: null,
}
const NAMES = Object.keys(NO_DECIDED_FILTERS) as (keyof DecidedFilters)[]

export function readDecidedFilters(query: LocationQuery): DecidedFilters {
  const read = Object.fromEntries(NAMES.map((name) => [name, text(query[name])])) as Record<
    keyof DecidedFilters,
    string | null
  >
  const categories = [...CATEGORIES.map(({ value }) => value as string), UNCATEGORISED]
  return {
    ...read,
    status: DECIDED_STATUSES.find((known) => known === read.status) ?? null,
    action: ACTIONS.find((known) => known === read.action) ?? null,
    failure_category: categories.find((known) => known === read.failure_category) ?? null,
    check_fault: FAULT_VALUES.find((known) => known === read.check_fault) ?? null,
    outcome: DECIDED_OUTCOMES.find((known) => known === read.outcome) ?? null,
    reading: READINGS.find((known) => known === read.reading) ?? null,
    q: read.q?.slice(0, 500) ?? null,
  }
}

export function readPage(query: LocationQuery): number {
  const number = Number(text(query['page']))
  return Number.isSafeInteger(number) && number > 1 ? number : 1
}

/** The filters that are set, for the URL, the list and a bulk step. */
export function decidedQuery(filters: DecidedFilters): DecidedQuery {
  return Object.fromEntries(
    NAMES.map((name) => [name, filters[name]]).filter(([, value]) => value),
  ) as DecidedQuery
}

export function isDecidedFiltered(filters: DecidedFilters): boolean {
  return Object.keys(decidedQuery(filters)).length > 0
}

function text(value: LocationQuery[string] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value
  return first ? first : null
}
