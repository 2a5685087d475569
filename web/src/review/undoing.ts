import { type ApiError, api, ask, askOnce } from '@/api/client'
import type { BulkUndoResult, SftQueueItem, UndoResult } from '@/api/types'
import { ACTION_DONE } from '@/words/categories'
import { cardName } from '@/words/text'
import { isJsonReference, referenceText } from './correctedReference'
import { clearDraft, loadDraft, saveDraft } from './drafts'
import {
  batchUndone,
  isUndoPointless,
  type SftBatch,
  type SftLastAction,
  type SftUndoable,
  undoRefused,
} from './lastAction'
import { useSessionStore } from './sessionStore'
import type { Desk } from './sftState'

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

/** Keep all that an undone decision said as the card's draft. */
function keepUndone(last: SftLastAction, { undone }: UndoResult): void {
  const { id } = last.item
  const text = undone.action === 'correct' ? undone.corrected_response : null
  const { check_fault: fault, corrected_reference: right } = undone
  const reference = (right ?? null) !== null && referenceText(right, isJsonReference(last.item))
  saveDraft(id, {
    ...{ editing: false, text, category: last.category, note: undone.note ?? '' },
    ...(fault && { fault }),
    ...(reference !== false && { reference }),
  })
}

/** Undo the last step of this session. */
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

/** Make the card of an undone decision current again, if it is to review. */
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
  const before = desk.queue.current?.id
  useSessionStore().forget(batch_id)
  desk.queue.uncount(result.count)
  const kept = item !== null && typed !== null && !loadDraft(item.id)
  if (kept) saveDraft(item.id, { editing: false, ...typed })
  await desk.resync(true)
  if (item && !desk.queue.show(item.id) && kept) await showAlone(desk, item)
  desk.notify(batchUndone(result), desk.queue.current?.id !== before)
}

/** Show a card with a typed text that is too far down the queue to be at hand, unless it was decided again since. */
async function showAlone(desk: Desk, item: SftQueueItem): Promise<void> {
  const { status } = await readCard(item.id)
  if (status === 'needs_review') desk.queue.insert({ ...item, status, decision_id: null })
  else clearDraft(item.id)
}

export function takeUndoRefusal(desk: Desk, error: ApiError, last: SftUndoable | null): void {
  if (!last || !isUndoPointless(error)) {
    desk.error = error
    return
  }
  desk.history.pop()
  desk.notify(undoRefused(last, error))
}
