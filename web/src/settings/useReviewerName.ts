import { ref } from 'vue'
import { keepName, ownName } from '@/api/ownName'
import { useSessionStore } from '@/review/sessionStore'
import { useRunsStore } from '@/runs/runsStore'

/** The name under which this browser decides, as it is being changed. */
export function useReviewerName() {
  const runs = useRunsStore()
  const session = useSessionStore()
  const name = ref(ownName())
  const busy = ref(false)
  const error = ref<string | null>(null)
  const saved = ref(false)

  /** Keep the name, unless the server refuses it: it is sent with every request. */
  async function save(): Promise<void> {
    if (busy.value) return
    const before = ownName()
    busy.value = true
    saved.value = false
    keepName(name.value.trim())
    await runs.loadConfig()
    error.value = runs.configError?.message ?? null
    runs.configError = null
    if (error.value) keepName(before)
    else {
      saved.value = true
      void session.refreshToday()
    }
    busy.value = false
  }

  return { name, busy, error, saved, save }
}
