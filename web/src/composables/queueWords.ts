import type { SearchState } from '@/api/types'
import { count, inDigits } from '@/text'
import { isFiltered, type QueueFilters } from './useQueueFilters'

/** What a screen reader is told when other filters or words show other cards. */
export function foundWords(
  filters: QueueFilters,
  total: number,
  first: string | null,
  search: SearchState | null,
): string {
  const indexed = search && search.indexed < search.total
  const soFar = indexed
    ? ` ${inDigits(search.indexed)} of ${count(search.total, 'card')} are indexed so far.`
    : ''
  return `${howMany(filters, total)}${soFar}${first ? ` First: ${first}.` : ''}`
}

function howMany(filters: QueueFilters, total: number): string {
  const cards = total ? count(total, 'card') : 'No card'
  const others = isFiltered({ ...filters, q: null })
  if (filters.q) return `${cards} found for “${filters.q}”${others ? ' under these filters' : ''}.`
  return others ? `${cards} under these filters.` : `${cards} to review.`
}

/** Said with the decision that emptied the queue. */
export function noneLeft(filters: QueueFilters): string {
  if (filters.q) return `No card is left that was found for “${filters.q}”.`
  return isFiltered(filters) ? 'No card is left under these filters.' : 'No card is left to review.'
}
