import { computed, onBeforeUnmount, watch } from 'vue'
import type { SftQueueItem } from '@/api/types'
import { useSameShapeStore } from './sameShapeStore'

/** How many more waiting cards fail in the same way as this one; 0 until it is known. */
export function useSameShape(card: () => SftQueueItem) {
  const store = useSameShapeStore()
  watch(card, (item) => store.look(item), { immediate: true })
  onBeforeUnmount(() => store.stop())
  return computed(() => store.counts[card().id] ?? 0)
}
