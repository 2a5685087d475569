import { type ApiError, api, ask, askOnce } from '@/api/client'
import type { SftQueueItem, UndoResult } from '@/api/types'
import { ACTION_DONE } from '@/words/categories'
import { cardName } from '@/words/text'
import { isJsonReference, referenceText } from './correctedReference'
import { listsIn, saveDraft } from './drafts'
import { isUndoPointless, type SftLastAction, type SftUndoable, undoRefused } from './lastAction'
import { useSessionStore } from './sessionStore'
import type { Desk } from './sftState'

export function undoOne(
  last: Pick<SftLastAction, 'decision_id'> & { item: { id: string } },
): Promise<UndoResult> {
  const { decision_id } = last
  const body = { id: last.item.id, decision_id: decision_id ?? undefined }
  return askOnce(['undo', body], (params) => api.POST('/api/sft/undo', { params, body }))
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
    ...listsIn(undone),
  })
}

/** Undo the last step of this session. */
export async function undoLast(desk: Desk, last: SftUndoable): Promise<boolean> {
  if (last.type === 'batch') {
    const { batchIsBack, undoBatch } = await import('./undoingBatch')
    const result = await undoBatch(last.batch_id)
    takeFromHistory(desk, last)
    await batchIsBack(desk, last.batch_id, result, last)
  } else {
    const result = await undoOne(last)
    takeFromHistory(desk, last)
    bringBack(desk, last, result)
  }
  return true
}

function takeFromHistory(desk: Desk, last: SftUndoable): void {
  desk.history.pop()
  desk.undone.push(last)
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

export function takeUndoRefusal(desk: Desk, error: ApiError, last: SftUndoable | null): void {
  if (!last || !isUndoPointless(error)) {
    desk.error = error
    return
  }
  desk.history.pop()
  desk.notify(undoRefused(last, error))
}
