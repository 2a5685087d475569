import { nextTick, onBeforeUnmount, onMounted, type Ref } from 'vue'
import { afterPaint } from './afterPaint'

let docks = 0

/**
 * Publish the dock's height as a CSS property, because the toast stands above the dock.
 * Setting a property on the root restyles the whole page, so it happens only on a change and only after the next card
 * is painted.
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
