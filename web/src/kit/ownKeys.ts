import { ref, watch } from 'vue'

const STORED = 'avocet.look.keys'

/** The keys that were chosen instead of the usual ones, by command; kept in the browser. */
export const ownKeys = ref<Readonly<Record<string, string>>>(stored())

watch(ownKeys, (keys) => {
  try {
    localStorage.setItem(STORED, JSON.stringify(keys))
  } catch {
    // Storage that is full or forbidden only means that the keys last until the page is left.
  }
})

/** Whether a character can be a key of one's own: a letter or a sign, since digits pick categories. */
export function isOwnKey(key: unknown): key is string {
  return typeof key === 'string' && /^[\p{L}\p{P}\p{S}]$/u.test(key)
}

function stored(): Record<string, string> {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    const keys = Object.entries(read ?? {}).filter((entry): entry is [string, string] => isOwnKey(entry[1]))
    return Object.fromEntries(keys)
  } catch {
    return {}
  }
}
