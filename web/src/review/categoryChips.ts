import { type Component, shallowRef } from 'vue'

/** The chips of a step that has begun, once they are loaded; digits pick without them. */
export const categoryChips = shallowRef<Component | null>(null)

export async function loadChips(): Promise<void> {
  categoryChips.value ??= (await import('@/kit/CategoryChips.vue')).default
}

/** Load the chips once the card is on screen, so that they are there when the first step begins. */
export function fetchChipsWhenIdle(): void {
  const fetch = () => void loadChips().catch(() => undefined)
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) window.requestIdleCallback(fetch)
  else setTimeout(fetch, 200)
}
