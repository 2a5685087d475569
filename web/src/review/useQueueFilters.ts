import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { NO_FILTER, type QueueFilters, readFilters, sameFilters, writeFilters } from './queueFilters'

/** The filters of the queue, read from the URL and changed by navigating. */
export function useQueueFilters() {
  const route = useRoute()
  const router = useRouter()
  // The address also names the card on screen, and another card is no other filter.
  const filters = computed<QueueFilters>((before) => {
    const now = readFilters(route.query)
    return before && sameFilters(before, now) ? before : now
  })

  /** `typed`: replace the history entry while typing, so that Back does not go letter by letter. */
  function change(part: Partial<QueueFilters>, typed = false): void {
    const next = { ...filters.value, ...part }
    if (part.order === 'random') next.seed = Math.floor(Math.random() * 1_000_000)
    else if (part.order) next.seed = null
    const to = { path: route.path, query: writeFilters(next) }
    void (typed ? router.replace(to) : router.push(to))
  }

  function clear(): void {
    change({ ...NO_FILTER })
  }

  return { filters, change, clear }
}
