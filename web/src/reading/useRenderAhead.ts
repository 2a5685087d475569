import { onScopeDispose, watch } from 'vue'
import { remembered } from '@/kit/useRemembered'

/** A card has been on screen for a moment, and is being read. */
const READING_MS = 80
/** Longer texts are not offered rendered. */
const LONGEST = 200_000

/** Who looks at responses rendered has the next one rendered while this one is read, not between a key and the card. */
export function useRenderAhead(next: () => string | null): void {
  let timer: ReturnType<typeof setTimeout> | undefined

  async function render(text: string): Promise<void> {
    const { renderAhead } = await import('./markdown')
    if (text === next()) renderAhead(text)
  }

  watch(
    next,
    (text) => {
      clearTimeout(timer)
      if (text === null || text.length >= LONGEST) return
      timer = setTimeout(() => {
        if (remembered('rendered', false)) void render(text).catch(() => undefined)
      }, READING_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
}
