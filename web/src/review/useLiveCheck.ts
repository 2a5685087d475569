import { computed, onBeforeUnmount, watch } from 'vue'
import type { SftQueueItem } from '@/api/types'
import { readPatternReport } from '@/reading/failureReason'
import { saidOf } from './checkWords'
import { useLiveCheckStore } from './liveCheckStore'

/** What a card's own check says of the typed text. Nothing is asked while that is the model's text. */
export function useLiveCheck(item: SftQueueItem, text: () => string) {
  const store = useLiveCheckStore()
  store.clear()

  const isKnown = Boolean(item.check || readPatternReport(item.failure_reason ?? ''))
  const changed = computed(() => text() !== item.model_response)
  const equals = computed(() => {
    const even = (one: string): string => one.replaceAll('\r\n', '\n').trim()
    return item.texts.references.some((one) => even(one) === even(text()))
  })
  /** Whether what is said is of another text than the typed one. */
  const stale = computed(() => isKnown && store.text !== text())
  const said = computed(() => {
    if (!changed.value || (isKnown && store.text === null)) return null
    return saidOf(store.outcome, equals.value && !stale.value, store.trouble)
  })
  const words = computed(() => said.value && [said.value.lead, said.value.rest].filter(Boolean).join(' '))
  const marks = computed(() => (store.text === null ? null : store.marks))

  watch(
    text,
    (typed) => {
      if (changed.value && isKnown) store.look(item.id, typed)
      else store.clear()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => store.clear())

  return { isKnown, stale, said, words, marks }
}
