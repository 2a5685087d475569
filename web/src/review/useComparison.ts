import { computed, ref, type Ref } from 'vue'
import type { SftQueueItem } from '@/api/types'

/** Whether the response is shown beside a reference: the one that it is most like. Tool calls are not compared. */
export function useComparison(item: () => SftQueueItem, likeness: Readonly<Ref<SftQueueItem['likeness']>>) {
  const compareWith = computed(() => {
    const { texts } = item()
    return texts.response_calls ? null : (texts.references[likeness.value?.reference ?? 0] ?? null)
  })
  const comparing = ref(false)

  function compare(): void {
    if (compareWith.value !== null) comparing.value = !comparing.value
  }

  return { compareWith, comparing, compare }
}
