import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, askOnce } from '@/api/client'
import type { CheckFault, DecidedItem, SftFailureCategory, SftSubmitRequest, SubmitResult } from '@/api/types'
import { useRunsStore } from '@/runs/runsStore'
import { useToastStore } from '@/shell/toastStore'
import { cardName } from '@/words/text'

import { useSessionStore } from './sessionStore'
import { useSftStore } from './sft'
import { readCard, undoOne } from './undoing'
import { batchUndone, undoBatch } from './undoingBatch'

/** One decision, or a batch, which is shown as one line. */
export interface HistoryEntryShown {
  key: string
  item: DecidedItem
  /** Set for a batch: how many of its decisions still stand. */
  cards: number | null
  undone: boolean
  error: string | null
}

interface HistoryState {
  entries: HistoryEntryShown[]
  total: number
  loaded: boolean
  /** Where the next page begins; null if there is none. */
  before: number | null
  busy: boolean
  error: ApiError | null
}

const PER_PAGE = 50
const FEWEST = 10

/** All decisions of this reviewer, on any day and page, newest first. */
export const useHistoryStore = defineStore('history', {
  state: (): HistoryState => ({
    entries: [],
    total: 0,
    loaded: false,
    before: null,
    busy: false,
    error: null,
  }),

  actions: {
    async open(): Promise<void> {
      this.$reset()
      await this.more()
    },

    async more(): Promise<void> {
      if (this.busy) return
      this.busy = true
      try {
        const enough = this.entries.length + FEWEST
        // A page that is all one batch is a single line, so more pages are read until there is something to show.
        do await this.readPage()
        while (this.before !== null && this.entries.length < enough)
        this.$patch({ loaded: true, error: null })
      } catch (cause) {
        this.error = asApiError(cause)
        this.loaded = true
      } finally {
        this.busy = false
      }
    },

    async readPage(): Promise<void> {
      const reviewer = await useRunsStore().reviewer()
      const query = { reviewer: [reviewer], per_page: PER_PAGE, before: this.before ?? undefined }
      const { items, total } = await ask(api.GET('/api/sft/decisions', { params: { query } }))
      this.total = total
      this.before = items.length < PER_PAGE ? null : (items.at(-1)?.decision_id ?? null)
      items.forEach((item) => this.show(item))
    },

    /** Add a decision to the list. A batch is one line, and the next page begins after the last decision in it. */
    show(item: DecidedItem): void {
      const key = item.batch_id ?? String(item.decision_id)
      if (this.entries.some((entry) => entry.key === key)) return
      this.entries.push({ key, item, cards: item.batch_count, undone: false, error: null })
      if (item.batch_first !== null && this.before !== null) {
        this.before = Math.min(this.before, item.batch_first)
      }
    },

    async undo(entry: HistoryEntryShown): Promise<void> {
      await this.act(entry, async () => {
        const { item } = entry
        const desk = useSftStore()
        if (item.batch_id) {
          const result = await undoBatch(item.batch_id)
          desk.forget({ batch_id: item.batch_id })
          useSessionStore().forget(item.batch_id)
          useToastStore().notify(batchUndone(result))
        } else {
          const { status } = await undoOne({ item, decision_id: item.decision_id })
          desk.forget({ decision_id: item.decision_id })
          useSessionStore().forget(item.id)
          const now = status === 'needs_review' ? 'waits for review again' : 'stands as decided before'
          useToastStore().notify(`Undone. ${cardName(item)} ${now}.`)
        }
        entry.undone = true
        await desk.resync()
      })
    },

    /** Revise a decision: the same one with another category. */
    async recategorise(entry: HistoryEntryShown, failure_category: SftFailureCategory | null): Promise<void> {
      await this.revise(entry, { failure_category }, 'has its new category')
    },

    /** Revise a decision: the same one with another fault of the check, or none. */
    async changeFault(entry: HistoryEntryShown, check_fault: CheckFault | null): Promise<void> {
      await this.revise(
        entry,
        { check_fault },
        check_fault ? 'has its new check fault' : 'has no check fault',
      )
    },

    async revise(entry: HistoryEntryShown, changes: Changes, said: string): Promise<void> {
      await this.act(entry, async () => {
        const { item } = entry
        const { decision_id, failure_category, check_fault } = await sendRevision(item, changes)
        const desk = useSftStore()
        desk.own.add(decision_id)
        desk.revised(item.decision_id, { decision_id, category: failure_category })
        useSessionStore().recategorise(item.id, failure_category)
        entry.item = { ...item, decision_id, failure_category, check_fault }
        useToastStore().notify(`${cardName(item)} ${said}.`)
      })
    },

    /** Run one step at a time; a refusal is shown beside its entry. */
    async act(entry: HistoryEntryShown, step: () => Promise<void>): Promise<void> {
      if (this.busy) return
      this.busy = true
      entry.error = null
      try {
        await step()
      } catch (cause) {
        entry.error = asApiError(cause).message
      } finally {
        this.busy = false
        void useSftStore().refreshStats()
      }
    },
  },
})

/** What a revision here changes. */
type Changes = Pick<SftSubmitRequest, 'failure_category'> | Pick<SftSubmitRequest, 'check_fault'>

/** Send all else unchanged; the list holds only part of a long text, so the card is read. */
async function sendRevision(item: DecidedItem, changes: Changes): Promise<SubmitResult> {
  const { id, action, decision_id, failure_category } = item
  const said = Object.keys(item.shortened).length ? await readCard(id) : item
  const { corrected_response, note, check_fault, corrected_reference, tags, must, must_not } = said
  const body = {
    id,
    action,
    ...{ failure_category, check_fault, note, corrected_reference, tags, must, must_not },
    ...changes,
    revises: decision_id,
    corrected_response: action === 'correct' ? corrected_response : null,
  }
  return askOnce(body, (params) => api.POST('/api/sft/submit', { params, body }))
}
