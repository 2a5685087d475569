import { computed, ref, watch } from 'vue'
import type { TextMark } from './textPieces'

/** Beyond this the count reads "2,000 or more": nobody steps through that many. */
export const MOST_FOUND = 2000

/** Find words in one text: the matches, and the current one. */
export function useFind(text: () => string) {
  const open = ref(false)
  const words = ref('')
  const at = ref(0)

  const found = computed(() => (open.value ? findAll(text(), words.value) : []))
  const current = computed(() => found.value[at.value])
  const marks = computed<TextMark[]>(() =>
    found.value.map((from, index) => ({
      from,
      to: from + words.value.length,
      kind: index === at.value ? 'current' : 'found',
      says: index === at.value ? `Found, number ${index + 1}` : 'Found',
    })),
  )
  watch(words, () => (at.value = 0))

  function step(by: 1 | -1): void {
    const { length } = found.value
    if (length) at.value = (at.value + by + length) % length
  }

  return { open, words, at, found, current, marks, step }
}

/** Where the words stand, ignoring case and without overlaps. */
function findAll(text: string, words: string): number[] {
  if (!words) return []
  const found: number[] = []
  const literal = new RegExp(words.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'gi')
  for (const match of text.matchAll(literal)) {
    found.push(match.index)
    if (found.length === MOST_FOUND) break
  }
  return found
}
