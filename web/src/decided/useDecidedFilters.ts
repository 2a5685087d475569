import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import {
  type DecidedFilters,
  NO_DECIDED_FILTERS,
  readDecidedFilters,
  readPage,
  writeDecidedFilters,
} from './decidedFilters'

export function useDecidedFilters() {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => readDecidedFilters(route.query))
  const page = computed(() => readPage(route.query))

  /** Change some filters and return to the first page. */
  function change(part: Partial<DecidedFilters>, typed = false): void {
    go({ ...filters.value, ...part }, 1, typed)
  }

  function turnTo(next: number): void {
    go(filters.value, next, false)
  }

  function go(next: DecidedFilters, page: number, typed: boolean): void {
    const query = writeDecidedFilters(next)
    if (page > 1) query['page'] = String(page)
    void (typed ? router.replace({ query }) : router.push({ query }))
  }

  return { filters, page, change, turnTo, clear: () => change({ ...NO_DECIDED_FILTERS }) }
}
