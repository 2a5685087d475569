import { onBeforeUnmount, ref, watch, type Ref } from 'vue'

export const PAUSE_MS = 600
/** An input method's keys are kept from the page, what they write is not. */
const HANDS = ['keydown', 'input'] as const

/**
 * True from a card coming back unasked until the hand pauses: keys that were meant for the card it pushed aside, or
 * for a text that was being typed there, must decide nothing.
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
