import type { RunInfo } from '@/api/types'
import type { FilterChoice } from '@/kit/FilterBar.vue'
import type { FilterOption } from '@/kit/FilterPill.vue'
import { harnessWords } from '@/words/harnesses'
import { type CardFilters, CHECK_KINDS, REFERENCES } from './valueFilters'

/** The filter by length, which is a range and no choice of values. */
export const LENGTH = { key: 'length', name: 'length', label: 'Length' } as const
/** The filter by tags, which are read only for it. */
export const TAG = { key: 'tag', name: 'tag', label: 'Tag' } as const

/**
 * Filters of cards that are seldom wanted. A run is listed with one source, but a file from another desk may hold
 * several: those of the cards at hand are `sources`.
 */
export function rareChoices(
  runs: readonly RunInfo[],
  sources: readonly (string | null)[],
): FilterChoice<CardFilters>[] {
  const named = [...runs.map(({ source }) => source), ...sources]
  const harnesses = runs.filter(({ state }) => state !== 'new').map(({ harness }) => harness)
  return [
    { key: 'source', name: 'source', label: 'Source', options: plain(named), rare: true },
    {
      key: 'harness',
      name: 'harness',
      label: 'Harness',
      options: plain(harnesses, harnessWords),
      rare: true,
    },
    { key: 'check', name: 'check-kind', label: 'Kind of check', options: CHECK_KINDS, rare: true },
    {
      key: 'has_reference',
      name: 'reference',
      label: 'Reference',
      options: REFERENCES,
      single: true,
      rare: true,
    },
  ]
}

function plain(
  values: readonly (string | null | undefined)[],
  inWords: (value: string) => string = (value) => value,
): FilterOption[] {
  const named = values.filter((value): value is string => Boolean(value))
  return [...new Set(named)].sort().map((value) => ({ value, label: inWords(value) }))
}
