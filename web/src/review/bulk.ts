import type { BulkAction, BulkRequest, SftAction, SftFailureCategory, SftQueueItem } from '@/api/types'
import { type DecidedFilters, decidedQuery } from '@/decided/decidedFilters'
import { count } from '@/words/text'
import { queueQuery, type QueueFilters } from './queueFilters'

/** What was begun on a card and not yet sent. */
export interface Begun {
  action: SftAction | null
  category: SftFailureCategory | null
  note: string
  text: string | null
}

/** Which cards a step is for. */
export type BulkTarget =
  | ({ kind: 'queue'; filters: QueueFilters } & Partial<Begun>)
  | ({ kind: 'like'; item: SftQueueItem } & Partial<Begun> & Pick<Begun, 'text'>)
  | { kind: 'decided'; filters: DecidedFilters }

/** What is to become of them. */
export interface BulkChoice {
  action: BulkAction
  category: SftFailureCategory | null
  note: string
}

export const VERBS: Readonly<Record<BulkAction, string>> = {
  correct: 'Correct',
  accept: 'Accept',
  discard: 'Discard',
  flag: 'Flag',
  recategorise: 'Recategorise',
}

export function bulkRequest(target: BulkTarget, { action, category, note }: BulkChoice): BulkRequest {
  const request: Partial<BulkRequest> = { action }
  if (category) request.failure_category = category
  if (note.trim() && action !== 'recategorise') request.note = note.trim()
  if (target.kind === 'decided') request.decided = decidedQuery(target.filters)
  if (target.kind === 'queue') request.queue = queueQuery(target.filters) as BulkRequest['queue']
  if (target.kind === 'like') {
    // All that say the same, whatever filters are on: that is what the line beside the card counted.
    request.queue = { like: target.item.id } as BulkRequest['queue']
    if (action === 'correct') request.corrected_response = target.text
  }
  return request as BulkRequest
}

/** The step named in full: what the button says, and nothing else. */
export function stepName(
  { action, category }: Pick<BulkChoice, 'action' | 'category'>,
  cards: number,
): string {
  const these = count(cards, 'card')
  if (action === 'recategorise' && !category) return `Clear the category of ${these}`
  return `${VERBS[action]} ${these}`
}
