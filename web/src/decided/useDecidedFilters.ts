import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import {
  type DecidedFilters,
  type DecidedOrder,
  type DecidedSort,
  NO_DECIDED_FILTERS,
  orderQuery,
  readDecidedFilters,
  readOrder,
  readPage,
  writeDecidedFilters,
} from './decidedFilters'

export function useDecidedFilters() {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => readDecidedFilters(route.query))
  const page = computed(() => readPage(route.query))
  const order = computed(() => readOrder(route.query))

  /** Change some filters and return to the first page. */
  function change(part: Partial<DecidedFilters>, typed = false): void {
    go({ ...filters.value, ...part }, 1, order.value, typed)
  }

  /** Sort by a column, from the start: names from a on, numbers and times from the highest down. */
  function sortBy(sort: DecidedSort): void {
    const isDownFirst = sort === 'at' || sort === 'quality_score'
    const ascending = sort === order.value.sort ? !order.value.ascending : !isDownFirst
    go(filters.value, 1, { sort, ascending })
  }

  function turnTo(next: number): void {
    go(filters.value, next, order.value)
  }

  function go(next: DecidedFilters, page: number, order: DecidedOrder, typed = false): void {
    const query: Record<string, string | string[]> = writeDecidedFilters(next)
    for (const [name, value] of Object.entries(orderQuery(order))) query[name] = String(value)
    if (page > 1) query['page'] = String(page)
    const { view } = route.query
    if (typeof view === 'string' && Object.keys(query).length > 0) query['view'] = view
    void (typed ? router.replace({ query }) : router.push({ query }))
  }

  return { filters, page, order, change, sortBy, turnTo, clear: () => change({ ...NO_DECIDED_FILTERS }) }
}
