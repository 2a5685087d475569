import { type ApiError, api, ask, askOnce } from '@/api/client'
import type {
  BulkAction,
  BulkUndoResult,
  SftAction,
  SftFailureCategory,
  SftQueueItem,
  UndoResult,
} from '@/api/types'
import { ACTION_DONE } from '@/words/categories'
import { cardName, count } from '@/words/text'
import { clearDraft, type Draft, loadDraft, saveDraft } from './drafts'
import { useSessionStore } from './sessionStore'
import type { useSftStore } from './sft'

type Desk = ReturnType<typeof useSftStore>

/** What was done last, and to which card: what the toast shows and undo restores. */
export interface SftLastAction {
  type: SftAction
  item: SftQueueItem
  /** The reviewer's own choice; the server may have stored another (accept without one). */
  category: SftFailureCategory | null
  /** Undo takes back this decision and no later one. */
  decision_id: number | null
}

/** Many cards decided as one step, undone as one. */
export interface SftBatch {
  type: 'batch'
  action: BulkAction
  batch_id: string
  count: number
  category: SftFailureCategory | null
  /** The card that was on screen, to come back to. */
  item: SftQueueItem | null
  /** What had been typed and chosen for it, and went to all of them. */
  typed: Omit<Draft, 'editing'> | null
}

export type SftUndoable = SftLastAction | SftBatch

export function undoOne(
  last: Pick<SftLastAction, 'decision_id'> & { item: { id: string } },
): Promise<UndoResult> {
  const { decision_id } = last
  const body = { id: last.item.id, decision_id: decision_id ?? undefined }
  return askOnce(['undo', body], (params) => api.POST('/api/sft/undo', { params, body }))
}

export function undoBatch(batch_id: string): Promise<BulkUndoResult> {
  const path = { batch_id }
  return askOnce(['undo', path], (params) =>
    api.POST('/api/sft/bulk/{batch_id}/undo', { params: { ...params, path } }),
  )
}

export function readCard(id: string): Promise<SftQueueItem> {
  return ask(api.GET('/api/sft/card', { params: { query: { id } } }))
}

/** Nothing typed is lost by an undo: it comes back as the card's draft. */
function keepUndone(last: SftLastAction, { undone }: UndoResult): void {
  const { id } = last.item
  const text = undone.action === 'correct' ? undone.corrected_response : null
  saveDraft(id, { editing: false, text, category: last.category, note: undone.note ?? '' })
}

/** "Discarded 142 cards", "Gave 40 cards another category". */
export function batchDone({ action, count: cards }: Pick<SftBatch, 'action' | 'count'>): string {
  const words = count(cards, 'card')
  return action === 'recategorise' ? `Recategorised ${words}` : `${ACTION_DONE[action]} ${words}`
}

export function batchUndone({ count: cards, left }: BulkUndoResult): string {
  const back = `Undone. ${count(cards, 'card')} ${cards === 1 ? 'is' : 'are'} as before.`
  return left ? `${back} ${left.toLocaleString()} changed since and stay as they are.` : back
}

/** The last step of this session. */
export async function undoLast(desk: Desk, last: SftUndoable): Promise<boolean> {
  if (last.type === 'batch') {
    const result = await undoBatch(last.batch_id)
    desk.history.pop()
    await batchIsBack(desk, last.batch_id, result, last)
  } else {
    const result = await undoOne(last)
    desk.history.pop()
    bringBack(desk, last, result)
  }
  return true
}

/** The card of an undone decision comes back as the current one, where it waits again. */
export function bringBack(desk: Desk, last: SftLastAction, result: UndoResult): void {
  const name = cardName(last.item)
  useSessionStore().forget(last.item.id)
  if (result.status !== 'needs_review') {
    desk.notify(`Undone. ${name} stands as decided before.`)
    return
  }
  keepUndone(last, result)
  desk.putBack({ ...last.item, status: 'needs_review', decision_id: null })
  desk.notify(`Undone. ${name} is back, not ${ACTION_DONE[last.type].toLowerCase()} any more.`)
}

export async function batchIsBack(
  desk: Desk,
  batch_id: string,
  result: BulkUndoResult,
  { item, typed }: Pick<SftBatch, 'item' | 'typed'>,
): Promise<void> {
  const before = desk.current?.id
  useSessionStore().forget(batch_id)
  desk.decidedHere = Math.max(0, desk.decidedHere - result.count)
  const kept = item !== null && typed !== null && !loadDraft(item.id)
  if (kept) saveDraft(item.id, { editing: false, ...typed })
  await desk.resync(true)
  if (item && !desk.show(item.id) && kept) await showAlone(desk, item)
  desk.notify(batchUndone(result), desk.current?.id !== before)
}

/** A card with a text, too far down the queue to be at hand; one that was decided anew since stays as it is. */
async function showAlone(desk: Desk, item: SftQueueItem): Promise<void> {
  const { status } = await readCard(item.id)
  if (status === 'needs_review') desk.items.splice(desk.position, 0, { ...item, status, decision_id: null })
  else clearDraft(item.id)
}

/** True when asking again would not help: somebody undid or revised it, or the card is gone. */
export function isUndoPointless(error: ApiError): boolean {
  return error.status === 404 || error.code === 'nothing_to_undo' || error.code === 'stale_revision'
}

export function takeUndoRefusal(desk: Desk, error: ApiError, last: SftUndoable | null): void {
  if (!last || !isUndoPointless(error)) {
    desk.error = error
    return
  }
  desk.history.pop()
  desk.notify(undoRefused(last, error))
}

export function undoRefused(last: SftUndoable, error: ApiError): string {
  if (last.type === 'batch') return `${batchDone(last)}: not undone. ${error.message}`
  const name = cardName(last.item)
  if (error.code !== 'stale_revision') return `${name} could not be brought back: ${error.message}`
  const by = typeof error.body['reviewer'] === 'string' ? ` by ${error.body['reviewer']}` : ''
  return `${name} was decided anew${by} since; that stays as it is.`
}

/** Why a card left the queue, in one clause. */
export function decidedBy({ by, action }: { by: string | null; action: SftAction | null }): string {
  return action ? `${by ?? 'someone'} ${ACTION_DONE[action].toLowerCase()} it` : 'it was decided meanwhile'
}

export function goneBecause(error: ApiError, id: string): string {
  if (error.code !== 'already_decided') return error.message
  const by = typeof error.body['reviewer'] === 'string' ? ` by ${error.body['reviewer']}` : ''
  const kept = loadDraft(id) ? ' What you typed for it is kept as a draft.' : ''
  return `it was already decided${by}.${kept}`
}
