import { computed } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
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
    go(part, typed, route.query['view'])
  }

  /** `view`: the saved view that is open, which stays open while its filters are changed. */
  function go(part: Partial<QueueFilters>, typed: boolean, view: LocationQuery[string] | undefined): void {
    const next = { ...filters.value, ...part }
    if (part.order === 'random') next.seed = Math.floor(Math.random() * 1_000_000)
    else if (part.order) next.seed = null
    const to = { path: route.path, query: { ...writeFilters(next), ...(view && { view }) } }
    void (typed ? router.replace(to) : router.push(to))
  }

  function clear(): void {
    go({ ...NO_FILTER }, false, undefined)
  }

  return { filters, change, clear }
}
