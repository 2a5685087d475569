import type { ApiError } from '@/api/client'
import type {
  BulkAction,
  CheckFault,
  SftAction,
  SftFailureCategory,
  SftQueueItem,
  VerdictCount,
} from '@/api/types'
import { ACTION_DONE, categoryLabel } from '@/words/categories'
import { faultLabel } from '@/words/faults'
import { cardName, count } from '@/words/text'
import { type Draft, loadDraft } from './drafts'

/** The last decision and its card: what the toast shows and undo restores. */
export interface SftLastAction {
  type: SftAction
  item: SftQueueItem
  /** The reviewer's own choice; the server may have stored another one (for an accept without a category). */
  category: SftFailureCategory | null
  /** The only decision that undo may take back. */
  decision_id: number | null
}

/** Many cards decided as one step, and undone as one. */
export interface SftBatch {
  type: 'batch'
  action: BulkAction
  batch_id: string
  count: number
  /** Undefined: each decision kept what it said, of category or fault. */
  category: SftFailureCategory | null | undefined
  fault: CheckFault | null | undefined
  /** The tags that all of its cards were given, and those that were taken from them. */
  tagged: string[]
  untagged: string[]
  /** The card that was on screen, to return to. */
  item: SftQueueItem | null
  /** The cards, if they were selected one by one; the queue then stays as it is but for them. */
  ids?: readonly string[]
  /** What the cards got, if each got its own verdict. */
  verdicts?: readonly VerdictCount[]
  /** What had been typed and chosen on it and was then sent for all cards. */
  typed: Omit<Draft, 'editing'> | null
}

export type SftUndoable = SftLastAction | SftBatch

/** "Discarded 142 cards", "Gave 40 cards another category". */
export function batchDone({ action, count: cards }: Pick<SftBatch, 'action' | 'count'>): string {
  const words = count(cards, 'card')
  if (action === 'as_proposed') return `Decided ${words} as proposed`
  return action === 'recategorise' ? `Recategorised ${words}` : `${ACTION_DONE[action]} ${words}`
}

/** What a step said of all its cards, or took from them: "Wrong answer", "no fault". */
export function batchSaid({ action, category, fault, tagged, untagged }: Omit<SftBatch, 'type'>): string[] {
  const cleared = (value: unknown) => action === 'recategorise' && value === null
  const said = [
    cleared(category) ? 'no category' : category && categoryLabel(category),
    cleared(fault) ? 'no fault' : faultLabel(fault),
    tagged.length ? `tagged ${tagged.join(', ')}` : null,
    untagged.length ? `no longer tagged ${untagged.join(', ')}` : null,
  ]
  return said.filter((words): words is string => Boolean(words))
}

/** True if trying again would not help: somebody undid or revised the decision, or the card is gone. */
export function isUndoPointless(error: ApiError): boolean {
  return error.status === 404 || error.code === 'nothing_to_undo' || error.code === 'stale_revision'
}

export function undoRefused(last: SftUndoable, error: ApiError): string {
  if (last.type === 'batch') return `${batchDone(last)}: not undone. ${error.message}`
  const name = cardName(last.item)
  if (error.code !== 'stale_revision') return `${name} could not be brought back: ${error.message}`
  const by = typeof error.body['reviewer'] === 'string' ? ` by ${error.body['reviewer']}` : ''
  return `${name} was decided anew${by} since; that stays as it is.`
}

/** Why a card left the queue, as a clause. */
export function decidedBy({ by, action }: { by: string | null; action: SftAction | null }): string {
  return action ? `${by ?? 'someone'} ${ACTION_DONE[action].toLowerCase()} it` : 'it was decided meanwhile'
}

export function goneBecause(error: ApiError, id: string): string {
  if (error.code !== 'already_decided') return error.message
  const by = typeof error.body['reviewer'] === 'string' ? ` by ${error.body['reviewer']}` : ''
  const kept = loadDraft(id) ? ' What you typed for it is kept as a draft.' : ''
  return `it was already decided${by}.${kept}`
}
