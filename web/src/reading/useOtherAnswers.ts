import { computed, onBeforeUnmount, onMounted, ref, toRef, watch } from 'vue'
import type { OtherAnswer } from '@/api/types'
import { useRemembered } from '@/kit/useRemembered'
import { grouped } from './otherAnswers'
import { useOtherAnswersStore } from './otherAnswersStore'

/** After so many cards in a row without others no room is kept for them. */
const IN_VAIN = 5

/** The other answers to the item of a card on screen, and which of them is read. */
export function useOtherAnswers(id: string) {
  const store = useOtherAnswersStore()
  /** Whether this card will probably have some: then it has room for them from the start, and nothing moves. */
  const expected = useRemembered('other-answers', false)
  const keepsRoom = expected.value
  const found = computed(() => (store.id === id ? store.found : null))
  const groups = computed(() => found.value && grouped(found.value.items))
  const chosen = ref<string | null>(null)

  watch(found, (answers) => {
    if (answers?.items.length) expected.value = true
    else if (store.inVain >= IN_VAIN) expected.value = false
  })
  onMounted(() => store.look(id))
  onBeforeUnmount(store.leave)

  return {
    ...{ groups, chosen },
    hasRoom: computed(() => keepsRoom || Boolean(groups.value?.length)),
    shown: computed(() => groups.value?.find(({ key }) => key === chosen.value) ?? null),
  }
}

/** The way from another answer to a correction: `begin` gets its whole text. */
export function useStartFromOther(begin: (text: string) => void) {
  const store = useOtherAnswersStore()

  async function start(answer: OtherAnswer): Promise<void> {
    const { id } = store
    const text = await store.whole(answer)
    if (text !== null && store.id === id) begin(text)
  }

  return { start, error: toRef(store, 'error'), sampled: computed(() => store.found?.is_sampled ?? true) }
}
