import { ref, watch, type Ref } from 'vue'

const PREFIX = 'avocet.look.'

/** How this person likes to look at cards, kept in the browser; without storage it lasts as long as the page. */
export function useRemembered(name: string, usual: boolean): Ref<boolean> {
  const value = ref(remembered(name, usual))
  watch(value, (now) => {
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify(now))
    } catch {
      // A full or forbidden storage only costs the memory of a toggle.
    }
  })
  return value
}

/** As it stands now, for whoever does not need to be told of a change. */
export function remembered(name: string, usual: boolean): boolean {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null')
    return typeof stored === 'boolean' ? stored : usual
  } catch {
    return usual
  }
}
