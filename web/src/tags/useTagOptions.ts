import { computed, onMounted } from 'vue'
import type { TagCount } from '@/api/types'
import type { FilterOption } from '@/kit/FilterPill.vue'
import { inDigits } from '@/words/text'
import { useTagsStore } from './tagsStore'

/** Tags to choose from, with the number of their cards. */
export function tagOptions(tags: readonly TagCount[]): FilterOption[] {
  return tags.map(({ name, cards }) => ({ value: name, label: name, hint: inDigits(cards) }))
}

/** The tags of the desk to choose from, read anew; null before they are known. */
export function useTagOptions() {
  const store = useTagsStore()
  onMounted(() => store.load())
  return computed(() => (store.tags || store.error ? tagOptions(store.tags ?? []) : null))
}
