import { onScopeDispose, watch } from 'vue'
import { remembered } from '@/kit/useRemembered'

/** After this long on screen a card is being read. */
const READING_MS = 80
/** Longer texts can't be shown rendered. */
const LONGEST = 200_000

/** For reviewers who read responses rendered: render the next one while this one is read, not after the key press. */
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
