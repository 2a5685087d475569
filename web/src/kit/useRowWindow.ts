import { computed, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Rows beyond the visible part that are drawn too, so that scrolling shows no gap. */
const MARGIN = 12
/** Until the height is known. */
const USUAL_HEIGHT = 720

/** Which of many rows of one height are drawn: those in the visible part of a scrolling element, and a few more. */
export function useRowWindow(
  scroller: Readonly<Ref<HTMLElement | null>>,
  count: () => number,
  rowHeight: () => number,
) {
  const top = ref(0)
  const height = ref(USUAL_HEIGHT)

  const from = computed(() => Math.max(0, Math.floor(top.value / rowHeight()) - MARGIN))
  const to = computed(() => Math.min(count(), Math.ceil((top.value + height.value) / rowHeight()) + MARGIN))
  /** The room that the rows before and after take, in pixels. */
  const room = computed(() => ({
    before: from.value * rowHeight(),
    after: Math.max(0, count() - to.value) * rowHeight(),
  }))

  function measure(): void {
    if (!scroller.value) return
    top.value = scroller.value.scrollTop
    height.value = scroller.value.clientHeight || USUAL_HEIGHT
  }

  /** Scroll no further than needed to show a row. */
  function reveal(index: number): void {
    const element = scroller.value
    if (!element || index < 0) return
    const start = index * rowHeight()
    const lowest = start + rowHeight() - (element.clientHeight || USUAL_HEIGHT)
    element.scrollTop = Math.min(start, Math.max(lowest, element.scrollTop))
    measure()
  }

  const sized = new ResizeObserver(measure)
  onMounted(() => scroller.value && sized.observe(scroller.value))
  onBeforeUnmount(() => sized.disconnect())
  return { from, to, room, measure, reveal }
}
