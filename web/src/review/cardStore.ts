import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, askOnce } from '@/api/client'
import type { HistoryEntry, SftQueueItem, SftSubmitRequest } from '@/api/types'
import type { Standing } from './decision'
import { clearDraft } from './drafts'
import { isUndoPointless, undoRefused, type SftLastAction } from './lastAction'
import { useSessionStore } from './sessionStore'
import { useSftStore } from './sft'
import { bringBack, readCard, undoOne } from './undoing'

interface CardState {
  item: SftQueueItem | null
  timeline: HistoryEntry[]
  busy: boolean
  /** Set if a decision failed; the card stays as it is. */
  error: ApiError | null
  /** Set if the card itself could not be read. */
  loadError: ApiError | null
}

let wanted = ''

/** One card on its own page, with every decision ever made on it. */
export const useCardStore = defineStore('card', {
  state: (): CardState => ({ item: null, timeline: [], busy: false, error: null, loadError: null }),

  getters: {
    /** The standing decision, to be revised. */
    standing: (state): (Standing & HistoryEntry) | null => {
      const found = state.timeline.find(({ decision_id }) => decision_id === state.item?.decision_id)
      if (!found || !state.item || found.action === 'undo') return null
      // The list holds only the start of a long text; the card holds all of it.
      const { corrected_response, note, check_fault, corrected_reference, tags, must, must_not } = state.item
      const said = { corrected_response, note, check_fault, corrected_reference, tags, must, must_not }
      return { ...found, ...said, action: found.action }
    },
  },

  actions: {
    async open(id: string): Promise<void> {
      wanted = id
      if (this.item?.id !== id) this.$reset()
      try {
        const [item, timeline] = await Promise.all([
          readCard(id),
          ask(api.GET('/api/sft/card/history', { params: { query: { id } } })),
        ])
        if (wanted === id) this.$patch((state) => Object.assign(state, { item, timeline, loadError: null }))
      } catch (cause) {
        if (wanted === id) this.loadError = asApiError(cause)
      }
    },

    async submit(request: SftSubmitRequest): Promise<boolean> {
      const { item, standing } = this
      if (!item || this.busy) return false
      this.busy = true
      this.error = null
      const desk = useSftStore()
      try {
        const body = { ...request, revises: standing?.decision_id }
        const done = await askOnce(body, (params) => api.POST('/api/sft/submit', { params, body }))
        desk.own.add(done.decision_id)
        clearDraft(item.id)
        desk.remove(item.id)
        desk.remember({
          ...{ type: request.action, item, category: request.failure_category ?? null },
          decision_id: done.decision_id,
        })
        const { failure_category: category } = done
        if (standing) useSessionStore().recategorise(item.id, category)
        else useSessionStore().record({ key: item.id, action: request.action, category })
        await this.open(item.id)
        return true
      } catch (cause) {
        await this.takeRefusal(asApiError(cause), item.id)
        return false
      } finally {
        this.busy = false
        void desk.refreshStats()
      }
    },

    /** Somebody else decided first: show the card as it stands now and keep what was typed. */
    async takeRefusal(error: ApiError, id: string): Promise<void> {
      if (error.status === 409) await this.open(id)
      this.error = error
    },

    async undo(): Promise<void> {
      const { item, standing } = this
      if (!item || !standing || this.busy) return
      this.busy = true
      const desk = useSftStore()
      const { action: type, failure_category: category, decision_id } = standing
      const last: SftLastAction = { type, item, category, decision_id }
      try {
        const result = await undoOne(last)
        desk.forget({ decision_id })
        bringBack(desk, last, result)
      } catch (cause) {
        const error = asApiError(cause)
        if (isUndoPointless(error)) desk.notify(undoRefused(last, error))
        else this.error = error
      } finally {
        this.busy = false
        await this.open(item.id)
        void desk.refreshStats()
      }
    },
  },
})
