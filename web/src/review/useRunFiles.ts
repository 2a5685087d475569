import { computed, onMounted, type ComputedRef } from 'vue'
import { useRunsStore } from '@/runs/runsStore'

/** The names of the files that a run was read from; empty until they are known. */
export function useRunFiles(runId: () => string): ComputedRef<string[]> {
  const store = useRunsStore()
  onMounted(() => {
    if (!store.loaded) void store.load()
  })
  return computed(() => {
    const run = store.runs.find(({ run_id }) => run_id === runId())
    return run?.files.map(({ name }) => name) ?? []
  })
}
