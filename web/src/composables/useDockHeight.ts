import { nextTick, onBeforeUnmount, onMounted, type Ref } from 'vue'

let docks = 0

/**
 * Tells the page how high the dock is: the toast stands above it. A property of the root restyles the whole page, so it
 * is only touched when it changes: from card to card it mostly does not.
 */
export function useDockHeight(dock: Readonly<Ref<HTMLElement | null>>): void {
  const { style } = document.documentElement
  const measured = new ResizeObserver(() => {
    const height = `${dock.value?.offsetHeight ?? 0}px`
    if (style.getPropertyValue('--dock') !== height) style.setProperty('--dock', height)
  })
  onMounted(() => {
    docks += 1
    if (dock.value) measured.observe(dock.value)
  })
  onBeforeUnmount(() => {
    docks -= 1
    measured.disconnect()
    void nextTick(() => docks === 0 && style.removeProperty('--dock'))
  })
}
