import { computed, nextTick, ref, type Ref, watch } from 'vue'
import { useRemembered } from '@/kit/useRemembered'
import { useReviewKeys } from '@/kit/useReviewKeys'
import { useWide } from '@/kit/useWide'
import { useSftStore } from './sft'

/** From this width on the rows fit beside the card; below, they are shown instead of it. */
const BESIDE = '48rem'

/**
 * Whether the queue is shown as rows, and which cards were on screen: they alone count as read.
 * `moved`: whether the focus follows the cards. `focusCard` puts it there.
 */
export function useQueueList(moved: Ref<boolean>, focusCard: () => void) {
  const store = useSftStore()
  const isOpen = useRemembered('list', false)
  const beside = useWide(BESIDE)
  const showsCard = computed(() => !isOpen.value || beside.value)
  /** Whether rows are selected: the keys and the dock are for them then. */
  const selecting = ref(false)
  const opened = new Set<string>()
  watch(
    () => (showsCard.value ? store.current?.id : null),
    (id) => id && opened.add(id),
    { immediate: true },
  )

  // The list goes with the last card, before it can say that nothing is selected any more.
  watch(
    () => store.current === null,
    (isNone) => isNone && (selecting.value = false),
  )

  function toggle(): void {
    moved.value = true
    selecting.value = false
    isOpen.value = !isOpen.value
  }

  /** Go to another row. One that is pressed opens its card, also where the list is shown instead of it. */
  function show(id: string, byKey: boolean): void {
    moved.value = true
    store.show(id)
    if (!byKey && !showsCard.value) toggle()
  }

  /** With the selection its dock goes; a focus that was in it moves to the card, one in the list stays. */
  function select(some: boolean): void {
    selecting.value = some
    if (!some) void nextTick(() => document.activeElement === document.body && focusCard())
  }

  useReviewKeys({ list: toggle }, () => false)
  return { isOpen, beside, showsCard, selecting, opened, toggle, show, select }
}
