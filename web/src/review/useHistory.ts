import { onMounted } from 'vue'
import { useHistoryStore } from './historyStore'

/** This reviewer's history, read anew whenever it is shown. */
export function useHistory() {
  const past = useHistoryStore()
  onMounted(() => void past.open())
  return past
}
