import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { useExampleStore } from '@/runs/exampleStore'
import { NO_FILTERS } from './queueFilters'
import { useSftStore } from './sft'

/** Loads the example run and shows its first card. */
export function useExample() {
  const example = useExampleStore()
  const desk = useSftStore()
  const router = useRouter()

  async function load(): Promise<void> {
    if (!(await example.load())) return
    await desk.open({ ...NO_FILTERS })
    await router.push('/')
  }

  return {
    load,
    loading: computed(() => example.loading),
    problem: computed(() => example.error?.message ?? null),
  }
}
