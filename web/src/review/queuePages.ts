import { api, ask, asApiError } from '@/api/client'
import type { QueuePage } from '@/api/types'
import { queueQuery, type QueueFilters } from './queueFilters'

const PAGE = 20
const MOST = 200

/** The page after the card `cursor`, or the first one. `held`: how many cards are at hand already. */
export async function readPage(
  filters: QueueFilters,
  cursor: string | null,
  held: number,
): Promise<QueuePage> {
  const query = { ...queueQuery(filters), per_page: PAGE }
  if (!cursor) return ask(api.GET('/api/sft/queue', { params: { query } }))
  try {
    return await ask(api.GET('/api/sft/queue', { params: { query: { ...query, after: cursor } } }))
  } catch (cause) {
    // The card we stood at may be gone (its run was taken back): begin again, past what is at hand.
    if (![404, 422].includes(asApiError(cause).status)) throw cause
    return readFromStart(filters, held)
  }
}

/** The head of the queue, at least as far as the cards at hand reach. */
export function readFromStart(filters: QueueFilters, held: number): Promise<QueuePage> {
  const query = { ...queueQuery(filters), per_page: Math.min(MOST, held + PAGE) }
  return ask(api.GET('/api/sft/queue', { params: { query } }))
}
