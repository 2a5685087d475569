import type {
  BulkAction,
  BulkRequest,
  CheckFault,
  DecidedItem,
  DecidedQuery,
  SftAction,
  SftFailureCategory,
  SftQueueItem,
} from '@/api/types'
import { type DecidedFilters, decidedQuery, NO_FAULT } from '@/decided/decidedFilters'
import { categoryLabel, UNCATEGORISED } from '@/words/categories'
import { faultLabel } from '@/words/faults'
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
  tags?: string[]
  must?: string[]
  must_not?: string[]
}

/** The cards that a bulk step is for. */
export type BulkTarget =
  | ({ kind: 'queue'; filters: QueueFilters } & Partial<Begun>)
  | ({ kind: 'like'; item: SftQueueItem } & Partial<Begun> & Pick<Begun, 'text'>)
  /** Cards of the queue that were selected. `opened`: those that were on screen, which alone count as read. */
  | ({ kind: 'selected'; items: readonly SftQueueItem[]; opened: readonly string[] } & Partial<Begun>)
  /** Cards of which each gets what a rule proposes for it. */
  | { kind: 'proposed'; items: readonly SftQueueItem[]; opened: readonly string[] }
  /** With `items`, only these. */
  | { kind: 'decided'; filters: DecidedFilters; items?: readonly DecidedItem[] }

/** What the step does to them. */
export interface BulkChoice {
  action: BulkAction
  /** To recategorise, undefined keeps what each decision says of it, and so does an undefined fault. */
  category: SftFailureCategory | null | undefined
  note: string
  /** What is wrong with the check. */
  fault?: CheckFault | null | undefined
  tags?: string[]
  /** To recategorise: what becomes of the tags that each decision has. */
  addTags?: string[]
  removeTags?: string[]
}

export const VERBS: Readonly<Record<BulkAction, string>> = {
  correct: 'Correct',
  accept: 'Accept',
  discard: 'Discard',
  flag: 'Flag',
  recategorise: 'Recategorise',
  as_proposed: 'As proposed',
}

export function bulkRequest(target: BulkTarget, choice: BulkChoice): BulkRequest {
  const { action, category, note, fault } = choice
  const request: Partial<BulkRequest> = { action }
  const clears = action === 'recategorise'
  if (category || (category === null && clears)) request.failure_category = category
  if (note.trim() && action !== 'recategorise') request.note = note.trim()
  if (fault || (fault === null && clears)) request.check_fault = fault
  // A reference that was corrected for a fault goes with it.
  if (fault === null && clears) request.corrected_reference = null
  Object.assign(request, tagsOf(choice))
  if (target.kind === 'decided') {
    if (target.items) request.ids = target.items.map(({ id }) => id)
    else request.decided = decidedQuery(target.filters) as BulkRequest['decided']
  }
  if (target.kind === 'selected' || target.kind === 'proposed') {
    request.ids = target.items.map(({ id }) => id)
    request.opened = [...target.opened]
  }
  if (target.kind === 'queue') request.queue = queueQuery(target.filters) as BulkRequest['queue']
  if (target.kind === 'like') {
    // All cards with the same response, whatever the filters: that is the number shown beside the card.
    // Cards of another outcome are another question: one verdict means different things for them.
    request.queue = { like: target.item.id, outcome: target.item.outcome } as BulkRequest['queue']
    request.opened = [target.item.id]
    if (action === 'correct') request.corrected_response = target.text
    if ((target.corrected_reference ?? null) !== null)
      request.corrected_reference = target.corrected_reference
    if (target.must?.length) request.must = target.must
    if (target.must_not?.length) request.must_not = target.must_not
  }
  return request as BulkRequest
}

function tagsOf({ action, tags, addTags, removeTags }: BulkChoice): Partial<BulkRequest> {
  if (action !== 'recategorise') return tags?.length ? { tags } : {}
  return {
    ...(addTags?.length && { add_tags: addTags }),
    ...(removeTags?.length && { remove_tags: removeTags }),
  }
}

/** Whether the tags of decisions change; a filter can't tell which have them already. */
export function changesTags({ addTags, removeTags }: BulkChoice): boolean {
  return Boolean(addTags?.length || removeTags?.length)
}

/** The filter without the decisions that the step does not change, as far as a filter can tell. */
export function withoutAlreadySaid(query: DecidedQuery, choice: BulkChoice): DecidedQuery {
  const { category, fault } = choice
  if (changesTags(choice)) return query
  if (fault === undefined) {
    const not_failure_category = [...(query.not_failure_category ?? []), category ?? UNCATEGORISED]
    return { ...query, not_failure_category }
  }
  if (category !== undefined) return query
  return { ...query, not_check_fault: [...(query.not_check_fault ?? []), fault ?? NO_FAULT] }
}

/** The decisions that are left out, as "those that are …"; null if none are shown to be. */
export function alreadyWords(choice: BulkChoice): string | null {
  const { category, fault } = choice
  if (changesTags(choice)) return null
  if (fault === undefined) return category ? categoryLabel(category) : 'without a category'
  if (category !== undefined) return null
  return fault ? `“${faultLabel(fault)}”` : 'without a fault'
}

/** The step in full, as the only words on its button. */
export function stepName(choice: BulkChoice, cards: number): string {
  const { action, category, fault } = choice
  const these = count(cards, 'card')
  if (action !== 'recategorise') return `${VERBS[action]} ${these}`
  if (category === undefined && fault === undefined) return `Change the tags of ${these}`
  if (changesTags(choice)) return `Recategorise ${these}`
  if (category === undefined) return `${fault ? 'Set' : 'Clear'} the fault of ${these}`
  if (category === null && fault === undefined) return `Clear the category of ${these}`
  return `Recategorise ${these}`
}
