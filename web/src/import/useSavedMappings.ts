import { computed, onMounted } from 'vue'
import type { Mapping } from './mapping'
import { useMappingsStore } from './mappingsStore'

/** The saved mappings that fit a table's columns, and a way to save another. */
export function useSavedMappings(columns: () => readonly string[]) {
  const store = useMappingsStore()
  const fitting = computed(() =>
    store.saved.filter((one) => Object.values(one.columns).every((column) => columns().includes(column))),
  )
  const error = computed(() => store.error?.message ?? null)

  function save(name: string, mapping: Mapping): Promise<boolean> {
    return store.save(name, mapping)
  }

  onMounted(() => store.load())
  return { fitting, error, save }
}
