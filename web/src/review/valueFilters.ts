import type { LocationQuery } from 'vue-router'
import { ANY_SCORE, readScores, type ScoreFilter, scoreQuery } from './scoreFilter'

/** The values of a filter: any of these; null if it takes whatever there is. */
export type Values = readonly string[] | null
/** A filter that takes several values, and its opposite, which leaves its values out. */
export type ByValue<Name extends string> = Record<Name | `not_${Name}`, Values>

/** The most values that one filter takes. */
export const MOST_VALUES = 50

/** Filters by what a card is, whatever was decided. */
export const CARD_VALUES = [
  'run_id',
  'model_name',
  'task_type',
  'source',
  'harness',
  'check',
  'shape',
  'tag',
] as const
export type CardValue = (typeof CARD_VALUES)[number]

/** What is asked of a card itself, as the address has it. */
export interface CardFilters extends ScoreFilter, ByValue<CardValue> {
  has_reference: 'true' | 'false' | null
  /** Characters of the response, both ends included. */
  min_length: number | null
  max_length: number | null
}

/** No filter at all by these values. */
export function anyOf<Name extends string>(names: readonly Name[]): ByValue<Name> {
  return Object.fromEntries(
    names.flatMap((name) => [
      [name, null],
      [`not_${name}`, null],
    ]),
  ) as ByValue<Name>
}

export const ANY_LENGTH = { min_length: null, max_length: null } as const
export const ANY_CARD: CardFilters = {
  ...anyOf(CARD_VALUES),
  has_reference: null,
  ...ANY_LENGTH,
  ...ANY_SCORE,
}

/** The values in the address; those that can't exist are left out, if the ones that can are `known`. */
export function readValues<Name extends string>(
  query: LocationQuery,
  names: readonly Name[],
  known: Partial<Record<Name, readonly string[]>> = {},
): ByValue<Name> {
  const read = (key: string, of: readonly string[] | undefined): Values => {
    const values = [query[key] ?? []].flat().filter((value): value is string => Boolean(value))
    const distinct = [...new Set(values)].filter((value) => !of || of.includes(value))
    return distinct.length ? distinct.slice(0, MOST_VALUES) : null
  }
  return Object.fromEntries(
    names.flatMap((name) => [name, `not_${name}`].map((key) => [key, read(key, known[name])])),
  ) as ByValue<Name>
}

export function readCardFilters(query: LocationQuery): CardFilters {
  const reference = oneOf(query['has_reference'])
  return {
    ...readValues(query, CARD_VALUES, { check: CHECK_KINDS.map(({ value }) => value) }),
    has_reference: reference === 'true' || reference === 'false' ? reference : null,
    min_length: whole(query['min_length']),
    max_length: whole(query['max_length']),
    ...readScores(query),
  }
}

/** The filters that are set, for the address. A lowest score of 0 is one too. */
export function written(filters: object): Record<string, string | string[]> {
  return Object.fromEntries(
    set(filters).map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  )
}

/** The filters that are set, in the form of the API. */
export function asked<Query>(filters: CardFilters): Query {
  const { has_reference: reference } = filters
  const has_reference = reference === null ? null : reference === 'true'
  return Object.fromEntries(set({ ...filters, ...scoreQuery(filters), has_reference })) as Query
}

/** The filters that are set. */
export function set(filters: object): [string, unknown][] {
  return Object.entries(filters).filter(([, value]) => value !== null && value !== '')
}

/** The first value of a parameter. */
export function oneOf(value: LocationQuery[string] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value
  return first ? first : null
}

/** The filter's value for cards without a reason, or without a check that is known. */
export const NO_VALUE = 'none'
export const CHECK_KINDS = [
  { value: 'patterns', label: 'Patterns' },
  { value: 'missing_patterns', label: 'Missing patterns, from the reason' },
  { value: 'exact', label: 'Exact text' },
  { value: 'includes', label: 'Includes' },
  { value: 'number', label: 'Number' },
  { value: 'json_schema', label: 'JSON schema' },
  { value: 'promptfoo', label: 'promptfoo’s assertions' },
  { value: 'all', label: 'Several checks' },
  { value: 'unknown', label: 'Of another version' },
  { value: NO_VALUE, label: 'None that is known' },
] as const
export const REFERENCES = [
  { value: 'true', label: 'with one' },
  { value: 'false', label: 'without' },
] as const

function whole(value: LocationQuery[string] | undefined): number | null {
  const written = oneOf(value)
  const number = Number(written)
  return written !== null && Number.isSafeInteger(number) && number >= 0 && number < 2 ** 31 ? number : null
}
