import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

export const PAUSE_MS = 600
/** An input method's keys do not reach the page, but the `input` events of its text do. */
const HANDS = ['keydown', 'input'] as const

/**
 * True from the moment a card comes back unasked until typing pauses.
 * Keys meant for the card it replaced, or for a text being typed there, must not decide anything.
 */
export function useStartled(comebacks: () => number): Ref<boolean> {
  const startled = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function wait(): void {
    clearTimeout(timer)
    timer = setTimeout(calm, PAUSE_MS)
  }

  function calm(): void {
    clearTimeout(timer)
    for (const type of HANDS) window.removeEventListener(type, wait, true)
    startled.value = false
  }

  watch(comebacks, () => {
    startled.value = true
    for (const type of HANDS) window.addEventListener(type, wait, true)
    wait()
  })
  onBeforeUnmount(calm)
  return startled
}
