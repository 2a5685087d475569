import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** What else covers part of a page, such as a browser's own bars, is lower than this many pixels. */
const LEAST = 150

/** How many pixels of the window's foot the on-screen keyboard covers: browsers leave the page as tall as it was. */
export function coveredByKeyboard(): number {
  const seen = window.visualViewport
  // a page that is zoomed in shows a part of itself too
  if (!seen || seen.scale > 1.01 || window.innerHeight - seen.height < LEAST) return 0
  return Math.max(0, Math.round(window.innerHeight - seen.height - seen.offsetTop))
}

/** Whether the on-screen keyboard is up; what it covers is the CSS property `--keyboard`. */
export function useKeyboardUp(): Ref<boolean> {
  const { style } = document.documentElement
  const seen = window.visualViewport
  const up = ref(false)
  function look(): void {
    const covered = coveredByKeyboard()
    up.value = covered > 0
    if (covered) style.setProperty('--keyboard', `${covered}px`)
    else style.removeProperty('--keyboard')
  }
  onMounted(() => {
    look()
    for (const type of ['resize', 'scroll']) seen?.addEventListener(type, look)
  })
  onBeforeUnmount(() => {
    for (const type of ['resize', 'scroll']) seen?.removeEventListener(type, look)
    style.removeProperty('--keyboard')
  })
  return up
}
