import { computed, ref } from 'vue'
import { useTagChoice } from '@/tags/useTagChoice'
import type { Standing } from './decision'
import type { Draft } from './drafts'

/** The tags of a decision while it is made. */
export function useTags(draft: Draft | null, standing: Standing | null) {
  const stood = standing?.tags ?? []
  const choice = useTagChoice(draft?.tags ?? stood)
  const open = ref(choice.chosen.value.length > 0)
  /** How many times the caret was sent to the field. */
  const focusRequest = ref(0)
  const isAsStood = computed(() => choice.all.value.join() === stood.join())

  function ask(): void {
    open.value = true
    focusRequest.value += 1
  }

  /** The field takes no room while it holds nothing. */
  function leave(): void {
    open.value = choice.all.value.length > 0
  }

  return {
    ...choice,
    ...{ open, focusRequest, ask, leave },
    said: () => (choice.all.value.length ? { tags: choice.all.value } : {}),
    inDraft: computed(() => (isAsStood.value ? {} : { tags: choice.all.value })),
  }
}
