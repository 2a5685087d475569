import { computed, onScopeDispose, watch } from 'vue'
import { useSampleStore } from './sampleStore'
import { useSftStore } from './sft'

/** Decisions come quickly; how far the sample is can wait until they rest. */
const REST_MS = 400

/** How far a sample is read, kept up to date while its cards are decided; without a name, null. */
export function useSampleProgress(name: () => string | null) {
  const store = useSampleStore()
  const desk = useSftStore()
  let resting: ReturnType<typeof setTimeout> | undefined
  function look(): void {
    const wanted = name()
    if (wanted !== null) void store.look(wanted)
  }
  watch(name, look, { immediate: true })
  watch(
    () => desk.history.length,
    () => {
      clearTimeout(resting)
      resting = setTimeout(look, REST_MS)
    },
  )
  onScopeDispose(() => clearTimeout(resting))
  const sample = computed(() => (store.sample?.name === name() ? store.sample : null))
  /** The run that it was drawn from, if from one alone. */
  const runId = computed(() => {
    const run = sample.value?.filter['run_id']
    return typeof run === 'string' ? run : null
  })
  return { sample, runId }
}
