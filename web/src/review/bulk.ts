import type {
  BulkAction,
  BulkRequest,
  CheckFault,
  SftAction,
  SftFailureCategory,
  SftQueueItem,
} from '@/api/types'
import { type DecidedFilters, decidedQuery } from '@/decided/decidedFilters'
import { count } from '@/words/text'
import { queueQuery, type QueueFilters } from './queueFilters'

/** What was chosen or typed on a card and not sent yet. */
export interface Begun {
  action: SftAction | null
  category: SftFailureCategory | null
  note: string
  text: string | null
  fault?: CheckFault | null
  /** The corrected reference as it was typed, and as it is sent. */
  reference?: string | null
  corrected_reference?: unknown
}

/** The cards that a bulk step is for. */
export type BulkTarget =
  | ({ kind: 'queue'; filters: QueueFilters } & Partial<Begun>)
  | ({ kind: 'like'; item: SftQueueItem } & Partial<Begun> & Pick<Begun, 'text'>)
  | { kind: 'decided'; filters: DecidedFilters }

/** What the step does to them. */
export interface BulkChoice {
  action: BulkAction
  category: SftFailureCategory | null
  note: string
  /** What is wrong with the check; to recategorise, undefined keeps what the decision said. */
  fault?: CheckFault | null | undefined
}

export const VERBS: Readonly<Record<BulkAction, string>> = {
  correct: 'Correct',
  accept: 'Accept',
  discard: 'Discard',
  flag: 'Flag',
  recategorise: 'Recategorise',
}

export function bulkRequest(target: BulkTarget, { action, category, note, fault }: BulkChoice): BulkRequest {
  const request: Partial<BulkRequest> = { action }
  if (category) request.failure_category = category
  if (note.trim() && action !== 'recategorise') request.note = note.trim()
  if (fault || (fault === null && action === 'recategorise')) request.check_fault = fault
  // A reference that was corrected for a fault goes with it.
  if (fault === null && action === 'recategorise') request.corrected_reference = null
  if (target.kind === 'decided') request.decided = decidedQuery(target.filters) as BulkRequest['decided']
  if (target.kind === 'queue') request.queue = queueQuery(target.filters) as BulkRequest['queue']
  if (target.kind === 'like') {
    // All cards with the same response, whatever the filters: that is the number shown beside the card.
    // Cards of another outcome are another question: one verdict means different things for them.
    request.queue = { like: target.item.id, outcome: target.item.outcome } as BulkRequest['queue']
    request.opened = target.item.id
    if (action === 'correct') request.corrected_response = target.text
    if ((target.corrected_reference ?? null) !== null)
      request.corrected_reference = target.corrected_reference
  }
  return request as BulkRequest
}

/** The step in full, as the only words on its button. */
export function stepName(
  { action, category }: Pick<BulkChoice, 'action' | 'category'>,
  cards: number,
): string {
  const these = count(cards, 'card')
  if (action === 'recategorise' && !category) return `Clear the category of ${these}`
  return `${VERBS[action]} ${these}`
}
