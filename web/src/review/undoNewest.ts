import { api, ask } from '@/api/client'
import type { DecidedItem, SftQueueItem } from '@/api/types'
import { useRunsStore } from '@/runs/runsStore'
import type { SftBatch } from './lastAction'
import type { Desk } from './sftState'
import { batchIsBack, bringBack, readCard, undoBatch, undoOne } from './undoing'

/** Undo this reviewer's newest decision, made on any page; a bulk step is undone as one. */
export async function undoNewest(desk: Desk): Promise<boolean> {
  const reviewer = await useRunsStore().reviewer()
  const { items } = await ask(api.GET('/api/sft/decisions', { params: { query: { reviewer, per_page: 1 } } }))
  const newest = items[0]
  if (!newest) {
    desk.notify('There is nothing to undo: no decision of yours stands.')
    return false
  }
  if (newest.batch_id) {
    const said = Object.keys(newest.shortened).length ? await readCard(newest.id) : newest
    const result = await undoBatch(newest.batch_id)
    await batchIsBack(desk, newest.batch_id, result, await typedForAll({ ...newest, ...textsOf(said) }))
    return true
  }
  const { action: type, failure_category: category, decision_id } = newest
  const result = await undoOne({ item: newest, decision_id })
  bringBack(desk, { type, item: await readCard(newest.id), category, decision_id }, result)
  return true
}

/** The text of a bulk step, with the newest of its cards: after a reload nobody knows on which one it was typed. */
async function typedForAll(newest: DecidedItem): Promise<Pick<SftBatch, 'item' | 'typed'>> {
  const { action, corrected_response: text, failure_category: category, note } = newest
  if (action !== 'correct') return { item: null, typed: null }
  return { item: await readCard(newest.id), typed: { text, category, note: note ?? '' } }
}

function textsOf({ corrected_response, note }: Pick<SftQueueItem, 'corrected_response' | 'note'>) {
  return { corrected_response, note }
}
