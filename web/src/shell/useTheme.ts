import { ref } from 'vue'

export type Theme = 'system' | 'light' | 'dark'
export const THEMES: readonly Theme[] = ['system', 'light', 'dark']

const KEY = 'avocet.theme'
const theme = ref<Theme>('system')

export function applyStoredTheme(): void {
  try {
    const stored = localStorage.getItem(KEY)
    apply(THEMES.find((known) => known === stored) ?? 'system')
  } catch {
    apply('system')
  }
}

export function useTheme() {
  function set(next: Theme): void {
    apply(next)
    try {
      localStorage.setItem(KEY, next)
    } catch {
      // Without storage the choice holds until the page is left.
    }
  }
  return { theme, set }
}

function apply(next: Theme): void {
  theme.value = next
  if (next === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
}
