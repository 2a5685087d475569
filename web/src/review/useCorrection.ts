import { computed, ref } from 'vue'

/** The text of a correction while it is written: what it was, what it is, what it took the place of. */
export function useCorrection(
  original: string,
  start: string,
  reference: string | null,
  drafted?: string | null,
) {
  const text = ref(drafted ?? start)
  /** What the reference or the model's text took the place of: it can be brought back. */
  const replaced = ref<string | null>(null)

  const changed = computed(() => text.value !== original)
  const kept = computed(() => text.value !== start)
  /** Somebody wrote this: it can be found nowhere else. */
  const typed = computed(() => kept.value && changed.value && text.value !== reference)

  /** The editor gets another text at once; what it held can be brought back. */
  function replaceText(next: string): void {
    if (next === text.value) return
    replaced.value = typed.value ? text.value : null
    text.value = next
  }

  function bringBack(): void {
    if (replaced.value !== null) replaceText(replaced.value)
  }

  function dropText(): void {
    text.value = start
    replaced.value = null
  }

  return { text, replaced, changed, kept, typed, replaceText, bringBack, dropText }
}
