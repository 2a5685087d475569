import { computed } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'
import type { QueueOrder } from '@/api/types'

export interface QueueFilters {
  run_id: string | null
  model_name: string | null
  task_type: string | null
  order: QueueOrder
  /** Only with order "random": the same seed gives the same order after a reload. */
  seed: number | null
}

export const ORDERS: readonly { value: QueueOrder; label: string }[] = [
  { value: 'imported', label: 'As imported' },
  { value: 'lowest_score', label: 'Lowest score first' },
  { value: 'newest', label: 'Newest first' },
  { value: 'random', label: 'Random order' },
  { value: 'same_prompt', label: 'Same prompt together' },
]

export const NO_FILTERS: QueueFilters = {
  run_id: null,
  model_name: null,
  task_type: null,
  order: 'imported',
  seed: null,
}

export function readFilters(query: LocationQuery): QueueFilters {
  const order = ORDERS.find(({ value }) => value === text(query['order']))?.value ?? 'imported'
  return {
    run_id: text(query['run_id']),
    model_name: text(query['model_name']),
    task_type: text(query['task_type']),
    order,
    seed: order === 'random' ? seed(query['seed']) : null,
  }
}

/** The query string of these filters; what is at its default is left out. */
export function writeFilters(filters: QueueFilters): Record<string, string> {
  const query: Record<string, string> = {}
  if (filters.run_id) query['run_id'] = filters.run_id
  if (filters.model_name) query['model_name'] = filters.model_name
  if (filters.task_type) query['task_type'] = filters.task_type
  if (filters.order !== 'imported') query['order'] = filters.order
  if (filters.seed !== null) query['seed'] = String(filters.seed)
  return query
}

export function isFiltered(filters: QueueFilters): boolean {
  return Boolean(filters.run_id || filters.model_name || filters.task_type)
}

export function sameFilters(a: QueueFilters, b: QueueFilters): boolean {
  return JSON.stringify(writeFilters(a)) === JSON.stringify(writeFilters(b))
}

/** The URL is the state: reading comes from the route, changing goes to it. */
export function useQueueFilters() {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => readFilters(route.query))

  function change(part: Partial<QueueFilters>): void {
    const next = { ...filters.value, ...part }
    if (part.order === 'random') next.seed = Math.floor(Math.random() * 1_000_000)
    else if (part.order) next.seed = null
    void router.push({ query: writeFilters(next) })
  }

  function clear(): void {
    change({ run_id: null, model_name: null, task_type: null })
  }

  return { filters, change, clear }
}

function text(value: LocationQuery[string] | undefined): string | null {
  const first = Array.isArray(value) ? value[0] : value
  return first ? first : null
}

function seed(value: LocationQuery[string] | undefined): number {
  const number = Number(text(value))
  return Number.isSafeInteger(number) && number >= 0 ? number : 0
}
