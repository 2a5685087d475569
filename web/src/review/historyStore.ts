import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, askOnce } from '@/api/client'
import type { DecidedItem, SftFailureCategory, SubmitResult } from '@/api/types'
import { useRunsStore } from '@/runs/runsStore'
import { useToastStore } from '@/shell/toastStore'
import { cardName } from '@/words/text'
import { batchUndone } from './lastAction'
import { useSessionStore } from './sessionStore'
import { useSftStore } from './sft'
import { readCard, undoBatch, undoOne } from './undoing'

/** One decision, or a batch that was one step and is shown as one. */
export interface HistoryEntryShown {
  key: string
  item: DecidedItem
  /** Set for a batch: how many of its decisions stand. */
  cards: number | null
  undone: boolean
  error: string | null
}

interface HistoryState {
  entries: HistoryEntryShown[]
  total: number
  loaded: boolean
  /** Where the next page begins; null when there is none. */
  before: number | null
  busy: boolean
  error: ApiError | null
}

const PER_PAGE = 50
const FEWEST = 10

/** What this reviewer decided, on any day and page, newest first. */
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
        // A page of one big batch is a single line: it takes more than one page to have something to read.
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
      const query = { reviewer, per_page: PER_PAGE, before: this.before ?? undefined }
      const { items, total } = await ask(api.GET('/api/sft/decisions', { params: { query } }))
      this.total = total
      this.before = items.length < PER_PAGE ? null : (items.at(-1)?.decision_id ?? null)
      items.forEach((item) => this.show(item))
    },

    /** Thousands decided as one step are one line: the next page begins after the last of them. */
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
          useToastStore().notify(`Undone. ${cardName({ ...item, task_id: null })} ${now}.`)
        }
        entry.undone = true
        await desk.resync()
      })
    },

    /** A revision: the same decision with another category. */
    async recategorise(entry: HistoryEntryShown, failure_category: SftFailureCategory | null): Promise<void> {
      await this.act(entry, async () => {
        const { item } = entry
        const done = await reviseCategory(item, failure_category)
        const desk = useSftStore()
        desk.own.add(done.decision_id)
        desk.revised(item.decision_id, { decision_id: done.decision_id, category: done.failure_category })
        useSessionStore().recategorise(item.id, done.failure_category)
        entry.item = { ...item, decision_id: done.decision_id, failure_category: done.failure_category }
        useToastStore().notify(`${cardName({ ...item, task_id: null })} has its new category.`)
      })
    },

    /** One at a time; a refusal stays with its line. */
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

/** All but the category is sent as it stands, which of a long text the card knows whole. */
async function reviseCategory(
  item: DecidedItem,
  failure_category: SftFailureCategory | null,
): Promise<SubmitResult> {
  const { id, action, decision_id } = item
  const { corrected_response, note } = Object.keys(item.shortened).length ? await readCard(id) : item
  const body = {
    id,
    action,
    failure_category,
    note,
    revises: decision_id,
    corrected_response: action === 'correct' ? corrected_response : null,
  }
  return askOnce(body, (params) => api.POST('/api/sft/submit', { params, body }))
}
