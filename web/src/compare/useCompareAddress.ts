import { computed } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import type { CompareQuery } from '@/api/types'
import type { Sides } from './sides'

/** What a person says that the sides were trained on: numbers of exports, names of trainings, between commas. */
export interface Learned {
  before_trained_on: string | null
  trained_on: string | null
}

export interface CompareChoice extends Sides, Learned {
  /** Further sides, each compared with the one before. */
  also: readonly string[]
  verdicts: 'people' | 'harness'
  gate: string | null
}

/** Which comparison the address asks for. */
export function useCompareAddress() {
  const route = useRoute()
  const router = useRouter()

  // while the page is being left, the address is already another page's
  const choice = computed<CompareChoice>((shown) =>
    shown && route.name !== 'compare' ? shown : read(route.query),
  )

  function change(changes: Partial<CompareChoice>): void {
    // what was said of a run is not true of another one
    const { before = choice.value.before, after = choice.value.after } = changes
    const kept = {
      ...(before !== choice.value.before && { before_trained_on: null }),
      ...(after !== choice.value.after && { trained_on: null }),
    }
    void router.push({ query: queryOf({ ...choice.value, ...kept, ...changes }) })
  }

  return { choice, change }
}

/** What the server is asked for a choice of two sides; null while one is not chosen. */
export function compareQuery(choice: CompareChoice): CompareQuery | null {
  const { before, after, verdicts, gate, before_trained_on: old, trained_on: tuned } = choice
  if (before === null || after === null) return null
  return {
    before,
    after,
    verdicts,
    ...(gate && { gate }),
    ...(old && { before_trained_on: parts(old) }),
    ...(tuned && { trained_on: parts(tuned) }),
  }
}

function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

function read(query: LocationQuery): CompareChoice {
  return {
    before: text(query['before']),
    after: text(query['after']),
    also: texts(query['also']),
    verdicts: text(query['verdicts']) === 'harness' ? 'harness' : 'people',
    gate: text(query['gate']),
    before_trained_on: text(query['before_trained_on']),
    trained_on: text(query['trained_on']),
  }
}

/** What differs from the usual. */
function queryOf(choice: CompareChoice): LocationQueryRaw {
  const { also, verdicts } = choice
  const given = { ...choice, also: [...also], verdicts: verdicts === 'harness' ? verdicts : null }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value?.length))
}

function texts(value: LocationQuery[string] | undefined): string[] {
  return [value].flat().filter((one): one is string => Boolean(one))
}

function text(value: LocationQuery[string] | undefined): string | null {
  return typeof value === 'string' && value ? value : null
}
