import { api, askOnce } from '@/api/client'
import type { BulkUndoResult, SftQueueItem } from '@/api/types'
import { count } from '@/words/text'
import { clearDraft, loadDraft, saveDraft } from './drafts'
import type { SftBatch } from './lastAction'
import { useSessionStore } from './sessionStore'
import type { Desk } from './sftState'
import { readCard } from './undoing'

export function undoBatch(batch_id: string): Promise<BulkUndoResult> {
  const path = { batch_id }
  return askOnce(['undo', path], (params) =>
    api.POST('/api/sft/bulk/{batch_id}/undo', { params: { ...params, path } }),
  )
}

export function batchUndone({ count: cards, left }: BulkUndoResult): string {
  const back = `Undone. ${count(cards, 'card')} ${cards === 1 ? 'is' : 'are'} as before.`
  return left ? `${back} ${left.toLocaleString()} changed since and stay as they are.` : back
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
