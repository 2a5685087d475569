import { nextTick, onBeforeUnmount, onMounted, type Ref } from 'vue'
import { afterPaint } from './afterPaint'

let docks = 0

/**
 * Tells the page how high the dock is: the toast stands above it. A property of the root restyles the whole page, so it
 * is only touched when it changes, and not before the next card is on the screen.
 */
export function useDockHeight(dock: Readonly<Ref<HTMLElement | null>>): void {
  const { style } = document.documentElement
  function tell(): void {
    if (!dock.value) return
    const height = `${dock.value.offsetHeight}px`
    if (style.getPropertyValue('--dock') !== height) style.setProperty('--dock', height)
  }
  const measured = new ResizeObserver(() => afterPaint(tell))
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
