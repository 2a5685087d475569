import { computed } from 'vue'
import { type LocationQuery, type LocationQueryRaw, useRoute, useRouter } from 'vue-router'
import type { Sides } from './sides'

export interface CompareChoice extends Sides {
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
    void router.push({ query: queryOf({ ...choice.value, ...changes }) })
  }

  return { choice, change }
}

function read(query: LocationQuery): CompareChoice {
  return {
    before: text(query['before']),
    after: text(query['after']),
    also: texts(query['also']),
    verdicts: text(query['verdicts']) === 'harness' ? 'harness' : 'people',
    gate: text(query['gate']),
  }
}

/** What differs from the usual. */
function queryOf({ before, after, also, verdicts, gate }: CompareChoice): LocationQueryRaw {
  const given = { before, after, also: [...also], verdicts: verdicts === 'harness' ? verdicts : null, gate }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value?.length))
}

function texts(value: LocationQuery[string] | undefined): string[] {
  return [value].flat().filter((one): one is string => Boolean(one))
}

function text(value: LocationQuery[string] | undefined): string | null {
  return typeof value === 'string' && value ? value : null
}
