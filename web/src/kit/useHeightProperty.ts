import { nextTick, onBeforeUnmount, onMounted, type Ref } from 'vue'
import { afterPaint } from './afterPaint'

type Property = '--dock' | '--toast-room'

const shown: Record<Property, number> = { '--dock': 0, '--toast-room': 0 }

/**
 * Publish the height of the dock or the toast as a CSS property, because the toast stands above the dock and the dock
 * makes room for it.
 * Setting a property on the root restyles the whole page, so it happens only on a change and only after the next card
 * is painted.
 */
export function useHeightProperty(property: Property, element: Readonly<Ref<HTMLElement | null>>): void {
  const { style } = document.documentElement
  function tell(): void {
    if (!element.value) return
    const height = `${element.value.offsetHeight}px`
    if (style.getPropertyValue(property) !== height) style.setProperty(property, height)
  }
  const measured = new ResizeObserver(() => afterPaint(tell))
  onMounted(() => {
    shown[property] += 1
    if (element.value) measured.observe(element.value, { box: 'border-box' })
  })
  onBeforeUnmount(() => {
    shown[property] -= 1
    measured.disconnect()
    void nextTick(() => shown[property] === 0 && style.removeProperty(property))
  })
}
