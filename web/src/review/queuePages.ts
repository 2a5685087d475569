import { api, ask, asApiError } from '@/api/client'
import type { QueuePage } from '@/api/types'
import { queueQuery, type QueueFilters } from './queueFilters'

const PAGE = 20
const MOST = 200

/** Read the page after the card `cursor`, or the first one. `held`: the number of cards at hand. */
export async function readPage(
  filters: QueueFilters,
  cursor: string | null,
  held: number,
  cards = PAGE,
): Promise<QueuePage> {
  const query = { ...queueQuery(filters), per_page: cards }
  if (!cursor) return ask(api.GET('/api/sft/queue', { params: { query } }))
  try {
    return await ask(api.GET('/api/sft/queue', { params: { query: { ...query, after: cursor } } }))
  } catch (cause) {
    // That card may be gone (its run was taken back): read from the start again, past the cards at hand.
    if (![404, 422].includes(asApiError(cause).status)) throw cause
    return readFromStart(filters, held)
  }
}

/** Read the head of the queue, at least as far as the cards at hand reach. */
export function readFromStart(filters: QueueFilters, held: number): Promise<QueuePage> {
  const query = { ...queueQuery(filters), per_page: Math.min(MOST, held + PAGE) }
  return ask(api.GET('/api/sft/queue', { params: { query } }))
}
