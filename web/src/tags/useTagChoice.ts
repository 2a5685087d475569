import { computed, ref, type UnwrapNestedRefs } from 'vue'
import { isSameTag, withTags } from './tag'

/** Tags while they are chosen: those that are, and one that is being typed. */
export function useTagChoice(start: readonly string[] = []) {
  const chosen = ref<string[]>([...start])
  const typed = ref('')
  /** What is sent: a tag that was not finished counts as well. */
  const all = computed(() => withTags(chosen.value, typed.value))

  function add(tags: string): void {
    chosen.value = withTags(chosen.value, tags)
    typed.value = ''
  }

  function remove(tag: string): void {
    chosen.value = chosen.value.filter((one) => !isSameTag(one, tag))
  }

  /** A comma finishes a tag. */
  function write(text: string): void {
    const end = text.lastIndexOf(',')
    if (end >= 0) add(text.slice(0, end))
    typed.value = text.slice(end + 1)
  }

  /** Leave what is typed out, as if it had not been begun. */
  function drop(): void {
    typed.value = ''
  }

  return { chosen, typed, all, add, remove, write, drop }
}

export type TagChoice = UnwrapNestedRefs<ReturnType<typeof useTagChoice>>
