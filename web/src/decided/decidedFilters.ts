import type { LocationQuery } from 'vue-router'
import type { CheckFault, DecidedQuery, Outcome, SftAction, SftStatus } from '@/api/types'
import { ANY_SCORE, readScores, type ScoreFilter, scoreQuery } from '@/review/scoreFilter'
import { CATEGORIES, UNCATEGORISED } from '@/words/categories'
import { FAULTS } from '@/words/faults'

const READINGS = ['right', 'wrong', 'set_aside', 'undecided', 'told', 'aside', 'any', 'none'] as const
export type Reading = (typeof READINGS)[number]

/** The filters of the Decided page. */
export interface DecidedFilters extends ScoreFilter {
  status: SftStatus | null
  failure_category: string | null
  reviewer: string | null
  action: SftAction | null
  run_id: string | null
  model_name: string | null
  task_type: string | null
  batch_id: string | null
  check_fault: CheckFault | 'none' | null
  tag: string | null
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
  tag: null,
  outcome: null,
  reading: null,
  sample: null,
  since: null,
  until: null,
  q: null,
  ...ANY_SCORE,
}
const NAMES = Object.keys(NO_DECIDED_FILTERS) as (keyof DecidedFilters)[]

export function readDecidedFilters(query: LocationQuery): DecidedFilters {
  const read = Object.fromEntries(NAMES.map((name) => [name, text(query[name])])) as Record<
    Exclude<keyof DecidedFilters, keyof ScoreFilter>,
    string | null
  >
  const categories = [...CATEGORIES.map(({ value }) => value as string), UNCATEGORISED]
  return {
    ...read,
    ...readScores(query),
    status: DECIDED_STATUSES.find((known) => known === read.status) ?? null,
    action: ACTIONS.find((known) => known === read.action) ?? null,
    failure_category: categories.find((known) => known === read.failure_category) ?? null,
    check_fault: FAULT_VALUES.find((known) => known === read.check_fault) ?? null,
    outcome: DECIDED_OUTCOMES.find((known) => known === read.outcome) ?? null,
    reading: READINGS.find((known) => known === read.reading) ?? null,
    q: read.q?.slice(0, 500) ?? null,
  }
}

const SORTS = [
  'at',
  'action',
  'failure_category',
  'reviewer',
  'model_name',
  'task_type',
  'quality_score',
] as const
export type DecidedSort = (typeof SORTS)[number]

/** By which column the list is sorted; the newest first unless asked. */
export interface DecidedOrder {
  sort: DecidedSort
  ascending: boolean
}

export function readOrder(query: LocationQuery): DecidedOrder {
  const sort = SORTS.find((known) => known === text(query['sort'])) ?? 'at'
  return { sort, ascending: text(query['ascending']) === 'true' }
}

/** The order in the address, and in the form of the API. */
export function orderQuery({ sort, ascending }: DecidedOrder) {
  return { ...(sort !== 'at' && { sort }), ...(ascending && { ascending: true as const }) }
}

export function readPage(query: LocationQuery): number {
  const number = Number(text(query['page']))
  return Number.isSafeInteger(number) && number > 1 ? number : 1
}

/** The filters that are set, for the address. */
export function writeDecidedFilters(filters: DecidedFilters): Record<string, string> {
  return Object.fromEntries(set(filters).map(([name, value]) => [name, String(value)]))
}

/** The filters that are set, in the form of the API, for the list and a bulk step. */
export function decidedQuery(filters: DecidedFilters): DecidedQuery {
  return Object.fromEntries(set({ ...filters, ...scoreQuery(filters) })) as DecidedQuery
}

export function isDecidedFiltered(filters: DecidedFilters): boolean {
  return set(filters).length > 0
}

/** A lowest score of 0 is a filter too. */
function set(filters: object): [string, unknown][] {
  return Object.entries(filters).filter(([, value]) => value !== null && value !== '')
}

function text(value: LocationQuery[string] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value
  return first ? first : null
}
