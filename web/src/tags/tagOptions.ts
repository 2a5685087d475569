import type { TagCount } from '@/api/types'
import type { FilterOption } from '@/kit/FilterPill.vue'
import { inDigits } from '@/words/text'

/** Tags to choose from, with the number of their cards. */
export function tagOptions(tags: readonly TagCount[]): FilterOption[] {
  return tags.map(({ name, cards }) => ({ value: name, label: name, hint: inDigits(cards) }))
}
