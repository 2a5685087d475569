import { defineStore } from 'pinia'
import { ApiError, api, ask, asApiError } from '@/api/client'
import type {
  QueuePage,
  SftAction,
  SftFailureCategory,
  SftQueueItem,
  SftSubmitRequest,
  Stats,
  UndoResult,
} from '@/api/types'
import { ACTION_DONE } from '@/categories'
import { clearDraft, loadDraft, saveDraft } from '@/composables/drafts'
import { NO_FILTERS, sameFilters, type QueueFilters } from '@/composables/useQueueFilters'
import { cardName } from '@/text'

export type { SftFailureCategory, SftQueueItem } from '@/api/types'

/** What was done last, and to which card: what the toast shows and undo restores. */
export interface SftLastAction {
  type: SftAction
  item: SftQueueItem
  /** The reviewer's own choice; the server may have stored another (accept without one). */
  category: SftFailureCategory | null
}

export type SftToast =
  | { id: number; kind: 'action'; last: SftLastAction }
  | { id: number; kind: 'notice'; text: string; moved: boolean }

interface SftState {
  filters: QueueFilters
  /** The cards at hand, in queue order: skipped ones before `position`, prefetched ones after it. */
  items: SftQueueItem[]
  position: number
  /** Cards to review under the filters, as the server last said and as decided since. */
  total: number
  cursor: string | null
  exhausted: boolean
  opened: boolean
  submitting: boolean
  /** A decision or undo that failed; the card stays as it is. */
  error: ApiError | null
  /** The queue itself could not be read. */
  queueError: ApiError | null
  stats: Stats | null
  history: SftLastAction[]
  toast: SftToast | null
}

const PAGE = 20
/** With fewer cards than this ahead the next page is fetched, so that the next card is always at hand. */
const LOW_WATER = 8

/** Not state: which answer is still wanted after the filters changed under it. */
let generation = 0
let refilling: Promise<void> | null = null
let toastId = 0
let statsAsked = 0

export const useSftStore = defineStore('sft', {
  state: (): SftState => ({
    filters: { ...NO_FILTERS },
    items: [],
    position: 0,
    total: 0,
    cursor: null,
    exhausted: false,
    opened: false,
    submitting: false,
    error: null,
    queueError: null,
    stats: null,
    history: [],
    toast: null,
  }),

  getters: {
    current: (state): SftQueueItem | null => state.items[state.position] ?? null,
    lastAction: (state): SftLastAction | null => state.history.at(-1) ?? null,
    reviewed: (state): number =>
      state.stats ? state.stats.total - (state.stats.by_status['needs_review'] ?? 0) : 0,
  },

  actions: {
    /** Shows the queue under these filters; the cards at hand stay when nothing changed. */
    async open(filters: QueueFilters): Promise<void> {
      const kept = this.opened && this.items.length > 0 && sameFilters(filters, this.filters)
      if (!kept) this.reset(filters)
      this.exhausted = false
      await Promise.all([this.refill(), this.refreshStats()])
    },

    reset(filters: QueueFilters): void {
      generation += 1
      refilling = null
      this.$patch({ filters: { ...filters }, items: [], position: 0, total: 0, cursor: null })
      this.$patch({ exhausted: false, opened: false, error: null, queueError: null })
    },

    /** Keeps cards ahead of the reviewer. One request at a time. */
    async refill(): Promise<void> {
      if (this.exhausted || this.items.length - this.position > LOW_WATER) return
      refilling ??= this.fetchPage().finally(() => (refilling = null))
      await refilling
    },

    async fetchPage(): Promise<void> {
      const asked = generation
      try {
        const page = await readPage(this.filters, this.cursor, this.items.length)
        if (asked !== generation) return
        this.takePage(page)
      } catch (cause) {
        if (asked === generation) this.queueError = asApiError(cause)
      } finally {
        if (asked === generation) this.opened = true
      }
    },

    takePage(page: QueuePage): void {
      const held = new Set(this.items.map(({ id }) => id))
      this.items.push(...page.items.filter(({ id }) => !held.has(id)))
      this.cursor = page.items.at(-1)?.id ?? this.cursor
      this.exhausted = page.items.length < page.per_page
      this.total = page.total
      this.queueError = null
      this.wrapAround()
    },

    async submit(request: SftSubmitRequest): Promise<boolean> {
      const item = this.items.find(({ id }) => id === request.id)
      if (this.submitting || !item) return false
      this.submitting = true
      this.error = null
      try {
        await ask(api.POST('/api/sft/submit', { body: request }))
        clearDraft(item.id)
        this.remove(item.id)
        this.setLastAction(request.action, item, request.failure_category)
        return true
      } catch (cause) {
        this.takeRefusal(asApiError(cause), item)
        return false
      } finally {
        this.submitting = false
        void this.refill()
        void this.refreshStats()
      }
    },

    setLastAction(type: SftAction, item: SftQueueItem, category?: SftFailureCategory | null): void {
      const last = { type, item, category: category ?? null }
      this.history.push(last)
      this.toast = { id: ++toastId, kind: 'action', last }
    },

    /** A card that cannot be decided any more leaves; any other refusal leaves everything as it was. */
    takeRefusal(error: ApiError, item: SftQueueItem): void {
      const gone = error.code === 'already_decided' || error.status === 404
      if (!gone) {
        this.error = error
        return
      }
      this.remove(item.id)
      this.notify(`${cardName(item)} has left the queue: ${goneBecause(error, item.id)}`, true)
    },

    /** Undoes this session's last action on the server and brings its card back as the current one. */
    async undo(): Promise<boolean> {
      const last = this.lastAction
      if (!last || this.submitting) return false
      this.submitting = true
      this.error = null
      try {
        const result = await ask(api.POST('/api/sft/undo', { body: { id: last.item.id } }))
        this.history.pop()
        this.bringBack(last, result)
        return true
      } catch (cause) {
        this.takeUndoRefusal(asApiError(cause), last)
        return false
      } finally {
        this.submitting = false
        void this.refreshStats()
      }
    },

    bringBack(last: SftLastAction, result: UndoResult): void {
      const name = cardName(last.item)
      if (result.status === 'needs_review') {
        keepUndone(last, result)
        this.items = this.items.filter(({ id }) => id !== last.item.id)
        this.position = Math.min(this.position, this.items.length)
        this.items.splice(this.position, 0, last.item)
        this.total += 1
        this.notify(`Undone. ${name} is back, not ${ACTION_DONE[last.type].toLowerCase()} any more.`)
      } else {
        this.notify(`Undone. ${name} stands as decided before.`)
      }
    },

    takeUndoRefusal(error: ApiError, last: SftLastAction): void {
      const pointless = error.code === 'nothing_to_undo' || error.status === 404
      if (!pointless) {
        this.error = error
        return
      }
      this.history.pop()
      this.notify(`${cardName(last.item)} could not be brought back: ${error.message}`)
    },

    /** False when there is no other card to go to. */
    async skip(): Promise<boolean> {
      const from = this.current?.id
      this.error = null
      this.position += 1
      if (!this.current) await this.refill()
      this.wrapAround()
      void this.refill()
      const moved = this.current?.id !== from
      if (!moved) this.notify('This is the only card left to review here.')
      return moved
    },

    back(): boolean {
      if (this.position === 0) return false
      this.error = null
      this.position -= 1
      return true
    },

    remove(id: string): void {
      const index = this.items.findIndex((item) => item.id === id)
      if (index < 0) return
      this.items.splice(index, 1)
      if (index < this.position) this.position -= 1
      this.total = Math.max(0, this.total - 1)
      this.wrapAround()
    },

    /** Past the last card the skipped ones come round again. */
    wrapAround(): void {
      if (this.exhausted && this.position >= this.items.length) this.position = 0
    },

    /** `moved`: another card is on screen now, and wants to be named. */
    notify(text: string, moved = false): void {
      this.toast = { id: ++toastId, kind: 'notice', text, moved }
    },

    async refreshStats(): Promise<void> {
      const asked = ++statsAsked
      try {
        const stats = await ask(api.GET('/api/sft/stats'))
        if (asked === statsAsked) this.stats = stats
      } catch {
        // The counts are a courtesy: a lost server is told where it matters, at the queue and the decision.
      }
    },
  },
})

async function readPage(filters: QueueFilters, cursor: string | null, held: number): Promise<QueuePage> {
  const query = { ...wanted(filters), per_page: PAGE }
  if (!cursor) return ask(api.GET('/api/sft/queue', { params: { query } }))
  try {
    return await ask(api.GET('/api/sft/queue', { params: { query: { ...query, after: cursor } } }))
  } catch (cause) {
    // The card we stood at may be gone (its run was taken back): begin again, past what is at hand.
    if (![404, 422].includes(asApiError(cause).status)) throw cause
    const per_page = Math.min(200, held + PAGE)
    return ask(api.GET('/api/sft/queue', { params: { query: { ...query, per_page } } }))
  }
}

function wanted(filters: QueueFilters) {
  return {
    run_id: filters.run_id ?? undefined,
    model_name: filters.model_name ?? undefined,
    task_type: filters.task_type ?? undefined,
    order: filters.order,
    seed: filters.seed ?? undefined,
  }
}

function goneBecause(error: ApiError, id: string): string {
  if (error.code !== 'already_decided') return error.message
  const by = typeof error.body['reviewer'] === 'string' ? ` by ${error.body['reviewer']}` : ''
  const kept = loadDraft(id) ? ' What you typed for it is kept as a draft.' : ''
  return `it was already decided${by}.${kept}`
}

/** Nothing typed is lost by an undo: it comes back as the card's draft. */
function keepUndone(last: SftLastAction, { undone }: UndoResult): void {
  const { id } = last.item
  const text = undone.action === 'correct' ? undone.corrected_response : null
  saveDraft(id, { editing: false, text, category: last.category, note: undone.note ?? '' })
}
