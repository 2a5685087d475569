import { computed, onScopeDispose, watch } from 'vue'
import { useSampleStore } from './sampleStore'
import { useSftStore } from './sft'

/** Decisions come quickly; how far the sample is can wait until they rest. */
const REST_MS = 400

/** How far a sample is read, kept up to date while its cards are decided. */
export function useSampleProgress(name: () => string) {
  const store = useSampleStore()
  const desk = useSftStore()
  let resting: ReturnType<typeof setTimeout> | undefined
  watch(name, (now) => void store.look(now), { immediate: true })
  watch(
    () => desk.history.length,
    () => {
      clearTimeout(resting)
      resting = setTimeout(() => void store.look(name()), REST_MS)
    },
  )
  onScopeDispose(() => clearTimeout(resting))
  return computed(() => (store.sample?.name === name() ? store.sample : null))
}
