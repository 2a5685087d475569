import { computed, ref, watch } from 'vue'
import type { SftQueueItem } from '@/api/types'
import { useRemembered } from '@/kit/useRemembered'
import { useReviewKeys } from '@/kit/useReviewKeys'
import { useWide } from '@/kit/useWide'

/** From this width on the rows fit beside the card; below, they are shown instead of it. */
const BESIDE = '48rem'

/** Whether the queue is shown as rows, and which cards were on screen: they alone count as read. */
export function useQueueList(current: () => SftQueueItem | null) {
  const isOpen = useRemembered('list', false)
  const beside = useWide(BESIDE)
  const showsCard = computed(() => !isOpen.value || beside.value)
  /** Whether rows are selected: the keys and the dock are for them then. */
  const selecting = ref(false)
  const opened = new Set<string>()
  watch(
    () => (showsCard.value ? current()?.id : null),
    (id) => id && opened.add(id),
    { immediate: true },
  )

  function toggle(): void {
    isOpen.value = !isOpen.value
    selecting.value = false
  }

  useReviewKeys({ list: toggle }, () => false)
  return { isOpen, beside, showsCard, selecting, opened, toggle }
}
