import { api, asApiError, askOnce } from '@/api/client'
import { useToastStore } from '@/shell/toastStore'
import { clearDraft } from './drafts'
import type { SftBatch, SftLastAction } from './lastAction'
import { useSessionStore } from './sessionStore'
import type { Desk } from './sftState'

/** Say again what the last undo took back. What was undone before it can be redone next. */
export async function redo(desk: Desk): Promise<void> {
  if (desk.submitting) return
  desk.submitting = true
  try {
    await desk.line.ended
    await redoLast(desk)
  } finally {
    desk.submitting = false
    void desk.refreshStats()
  }
}

async function redoLast(desk: Desk): Promise<void> {
  const last = desk.undone.at(-1)
  if (!last) return desk.notify('There is nothing to redo.')
  const before = desk.undone.slice(0, -1)
  desk.error = null
  try {
    if (last.type === 'batch') await redoBatch(desk, last)
    else await redoOne(desk, last)
    desk.undone = before
    const done = desk.history.at(-1)
    if (done) useToastStore().done(done, true)
  } catch (cause) {
    const error = asApiError(cause)
    if (error.status !== 404 && error.code !== 'nothing_to_redo') desk.error = error
    else desk.undone = []
    desk.notify(`Not redone. ${error.message}`)
  }
}

async function redoOne(desk: Desk, last: SftLastAction): Promise<void> {
  const { item, decision_id: undone } = last
  const body = { id: item.id, decision_id: undone ?? 0 }
  const { decision_id, failure_category } = await askOnce(['redo', body], (params) =>
    api.POST('/api/sft/redo', { params, body }),
  )
  desk.own.add(decision_id)
  clearDraft(item.id)
  if (desk.queue.find(item.id)) desk.leave(item.id)
  useSessionStore().record({ key: item.id, action: last.type, category: failure_category })
  desk.remember({ ...last, decision_id })
  void desk.refill()
}

async function redoBatch(desk: Desk, last: SftBatch): Promise<void> {
  const path = { batch_id: last.batch_id }
  const { batch_id, count } = await askOnce(['redo', path], (params) =>
    api.POST('/api/sft/bulk/{batch_id}/redo', { params: { ...params, path } }),
  )
  await desk.batchDone({ ...last, batch_id, count })
}
