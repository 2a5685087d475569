import { api, ask } from '@/api/client'
import type { DecidedItem, SftQueueItem } from '@/api/types'
import { useRunsStore } from '@/runs/runsStore'
import { isJsonReference, referenceText } from './correctedReference'
import { listsIn } from './drafts'
import type { SftBatch } from './lastAction'
import type { Desk } from './sftState'
import { bringBack, readCard, undoOne } from './undoing'
import { batchIsBack, undoBatch } from './undoingBatch'

/** Undo this reviewer's newest decision, made on any page; a bulk step is undone as one. */
export async function undoNewest(desk: Desk): Promise<boolean> {
  const reviewer = await useRunsStore().reviewer()
  const query = { reviewer: [reviewer], per_page: 1 }
  const { items } = await ask(api.GET('/api/sft/decisions', { params: { query } }))
  const newest = items[0]
  if (!newest) {
    desk.notify('There is nothing to undo: no decision of yours stands.')
    return false
  }
  if (newest.batch_id) {
    const said = Object.keys(newest.shortened).length ? await readCard(newest.id) : newest
    const result = await undoBatch(newest.batch_id)
    const typed = await typedForAll({ ...newest, ...textsOf(said) })
    const again = { ...typed, tagged: [], untagged: [] }
    const { action, batch_id, failure_category: category, check_fault: fault } = newest
    desk.undone.push({ type: 'batch', action, batch_id, count: result.count, category, fault, ...again })
    await batchIsBack(desk, batch_id, result, typed)
    return true
  }
  const { action: type, failure_category: category, decision_id } = newest
  const result = await undoOne({ item: newest, decision_id })
  const last = { type, item: await readCard(newest.id), category, decision_id }
  desk.undone.push(last)
  bringBack(desk, last, result)
  return true
}

/** The text of a bulk step, with the newest of its cards: after a reload nobody knows on which one it was typed. */
async function typedForAll(newest: DecidedItem): Promise<Pick<SftBatch, 'item' | 'typed'>> {
  const { action, failure_category: category, note, check_fault: fault, corrected_reference: right } = newest
  const text = action === 'correct' ? newest.corrected_response : null
  if (text === null && (right ?? null) === null) return { item: null, typed: null }
  const item = await readCard(newest.id)
  // each card got its own reference, as proposed: nothing was typed
  if (text !== null && item.texts.references.includes(text)) return { item: null, typed: null }
  const reference = (right ?? null) === null ? null : referenceText(right, isJsonReference(item))
  return { item, typed: { text, category, note: note ?? '', fault, reference, ...listsIn(newest) } }
}

type Said = Pick<SftQueueItem, 'corrected_response' | 'note' | 'corrected_reference' | 'must' | 'must_not'>

function textsOf({ corrected_response, note, corrected_reference, must, must_not }: Said): Said {
  return { corrected_response, note, corrected_reference, must, must_not }
}
