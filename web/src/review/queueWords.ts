import type { SearchState } from '@/api/types'
import { count, someAre } from '@/words/text'
import { isFiltered, type QueueFilters } from './queueFilters'

/** The announcement for screen readers when other filters or words show other cards. */
export function foundWords(
  filters: QueueFilters,
  total: number,
  first: string | null,
  search: SearchState | null,
): string {
  return `${howMany(filters, total)}${indexedSoFar(search)}${first ? ` First: ${first}.` : ''}`
}

/** A note that the search index is still being filled, so that a search may miss cards. */
export function indexedSoFar(search: SearchState | null): string {
  if (!search || search.indexed >= search.total) return ''
  return ` ${someAre(search.indexed, search.total, 'card')} indexed so far.`
}

function howMany(filters: QueueFilters, total: number): string {
  const cards = total ? count(total, 'card') : 'No card'
  const others = isFiltered({ ...filters, q: null })
  if (filters.q) return `${cards} found for “${filters.q}”${others ? ' under these filters' : ''}.`
  return others ? `${cards} under these filters.` : `${cards} to review.`
}

/** The announcement that comes with the decision that emptied the queue. */
export function noneLeft(filters: QueueFilters): string {
  if (filters.q) return `No card is left that was found for “${filters.q}”.`
  return isFiltered(filters) ? 'No card is left under these filters.' : 'No card is left to review.'
}
