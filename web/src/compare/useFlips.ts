import { computed, ref, watch } from 'vue'
import type { Compared } from '@/api/types'
import { useReviewKeys } from '@/kit/useReviewKeys'
import type { Kind } from './compareWords'
import { cardsOf, firstOf, type FlipOrder, ordered } from './flipList'
import { useItemCardsStore } from './itemCardsStore'

/** The flips in their order, the one that is chosen, and its cards. */
export function useFlips(compared: () => Compared | null) {
  const store = useItemCardsStore()
  const order = ref<FlipOrder>('kind')
  const chosen = ref(0)
  const items = computed(() => ordered(compared()?.items ?? [], order.value))
  const item = computed(() => items.value[chosen.value] ?? null)
  const card = (id: string | null | undefined) => (id ? (store.cards[id] ?? null) : null)
  const before = computed(() => card(item.value?.before.card))
  const after = computed(() => card(item.value?.after.card))

  function choose(index: number): void {
    if (index >= 0 && index < items.value.length) chosen.value = index
  }

  function step(by: 1 | -1): void {
    choose(chosen.value + by)
  }

  function show(kind: Kind, task: string | null = null): void {
    choose(firstOf(items.value, kind, task))
  }

  /** The chosen one and the next, so that stepping on shows no gap. */
  const near = computed(() =>
    [chosen.value, chosen.value + 1].flatMap((index) => cardsOf(items.value[index])),
  )

  function read(): void {
    void store.load(near.value)
  }

  function renew(): void {
    void store.renew(near.value)
  }

  watch(order, () => (chosen.value = 0))
  watch(
    () => `${compared()?.before.name}\n${compared()?.after.name}`,
    () => (chosen.value = 0),
  )
  watch([items, chosen], read, { immediate: true })
  useReviewKeys({ nextRow: () => step(1), previousRow: () => step(-1) }, () => false)

  return { order, chosen, items, item, before, after, choose, step, show, read, renew }
}
