import { ref, watch, type Ref } from 'vue'

const PREFIX = 'avocet.look.'

/** A yes-or-no preference, kept in the browser; without storage it lasts until the page is left. */
export function useRemembered(name: string, usual: boolean): Ref<boolean> {
  const value = ref(remembered(name, usual))
  watch(value, (now) => {
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(now))
    } catch {
      // Storage that is full or forbidden only means that the preference is not remembered.
    }
  })
  return value
}

/** The preference's value at this moment, for code that need not follow its changes. */
export function remembered(name: string, usual: boolean): boolean {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null')
    return typeof stored === 'boolean' ? stored : usual
  } catch {
    return usual
  }
}
