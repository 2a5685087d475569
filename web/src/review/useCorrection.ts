import { computed, ref } from 'vue'

/** The text of a correction while it is written: the start, the current text, and one that was replaced. */
export function useCorrection(
  original: string,
  start: string,
  references: readonly string[],
  drafted?: string | null,
) {
  const text = ref(drafted ?? start)
  /** The text that the reference or the model's text replaced; it can be brought back. */
  const replaced = ref<string | null>(null)
  let wanted = 0

  const changed = computed(() => text.value !== original)
  const kept = computed(() => text.value !== start)
  /** Whether the text was typed and so exists nowhere else. */
  const typed = computed(() => kept.value && changed.value && !references.includes(text.value))

  /** Put another text into the editor; the one it replaces can be brought back. */
  function replaceText(next: string): void {
    if (next === text.value) return
    replaced.value = typed.value ? text.value : null
    text.value = next
  }

  /** Choose a reference to start from, or stay with the one chosen before; false if there is none. */
  function wantReference(which = wanted): boolean {
    wanted = which
    return which in references
  }

  function takeReference(): void {
    replaceText(references[wanted] ?? text.value)
  }

  function bringBack(): void {
    if (replaced.value !== null) replaceText(replaced.value)
  }

  function dropText(): void {
    text.value = start
    replaced.value = null
  }

  return {
    text,
    replaced,
    changed,
    kept,
    typed,
    replaceText,
    wantReference,
    takeReference,
    bringBack,
    dropText,
  }
}
