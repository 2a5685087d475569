import type { RunInfo, TagCount } from '@/api/types'
import type { FilterChoice } from '@/kit/FilterBar.vue'
import type { FilterOption } from '@/kit/FilterPill.vue'
import { harnessWords } from '@/words/harnesses'
import { inDigits } from '@/words/text'
import { shapeLabel } from './filterWords'
import { type CardFilters, CHECK_KINDS, REFERENCES } from './valueFilters'

/** The filter by length, which is a range and no choice of values. */
export const LENGTH = { key: 'length', name: 'length', label: 'Length' } as const

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

/** Filters that are offered only once they are set, as by a link, or where there are `tags` to choose from. */
export function linkedChoices(
  filters: CardFilters,
  tags: readonly TagCount[] = [],
): FilterChoice<CardFilters>[] {
  const { shape, not_shape, tag, not_tag } = filters
  const choices: FilterChoice<CardFilters>[] = []
  if (shape || not_shape)
    choices.push({ key: 'shape', name: 'shape', label: 'Reason', options: shapeOptions(filters) })
  if (tags.length || tag || not_tag) {
    const options = tags.map(({ name, cards }) => ({ value: name, label: name, hint: inDigits(cards) }))
    choices.push({ key: 'tag', name: 'tag', label: 'Tag', options })
  }
  return choices
}

/** The shapes that are filtered by, in words. */
function shapeOptions({ shape, not_shape: leftOut }: CardFilters): FilterOption[] {
  return [...(shape ?? []), ...(leftOut ?? [])].map((value) => ({ value, label: shapeLabel(value) }))
}

function plain(
  values: readonly (string | null | undefined)[],
  inWords: (value: string) => string = (value) => value,
): FilterOption[] {
  const named = values.filter((value): value is string => Boolean(value))
  return [...new Set(named)].sort().map((value) => ({ value, label: inWords(value) }))
}
