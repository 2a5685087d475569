import { computed, onBeforeUnmount, ref, watch } from 'vue'
import { asTag, isSameTag } from './tag'
import { useTagsStore } from './tagsStore'

const MOST_SHOWN = 8

/** What could be meant by the beginning of a tag, and which of it the arrow keys are on. */
export function useTagCompletion(typed: () => string, chosen: () => readonly string[]) {
  const store = useTagsStore()
  const wanted = ref(false)
  const active = ref(-1)
  const options = computed(() =>
    wanted.value
      ? store.found.filter(({ name }) => !chosen().some((tag) => isSameTag(tag, name))).slice(0, MOST_SHOWN)
      : [],
  )
  const marked = computed(() => options.value[active.value]?.name ?? null)

  /** Look for tags; without a word for those used most. */
  function look(): void {
    wanted.value = true
    active.value = -1
    void store.find(asTag(typed()))
  }

  function close(): void {
    wanted.value = false
    active.value = -1
    store.forget()
  }

  function step(by: 1 | -1): void {
    if (!wanted.value) return look()
    const number = options.value.length + 1
    active.value = ((active.value + 1 + by + number) % number) - 1
  }

  watch(typed, (now) => (asTag(now) ? look() : close()))
  onBeforeUnmount(close)
  return { options, active, marked, step, close }
}
