import { defineStore } from 'pinia'
import { api, ask, asApiError } from '@/api/client'
import type {
  DeskState,
  QueuePage,
  SftAction,
  SftFailureCategory,
  SftQueueItem,
  SftSubmitRequest,
} from '@/api/types'
import { useToastStore } from '@/shell/toastStore'
import { cardName } from '@/words/text'
import { clearDraft, loadDraft } from './drafts'
import { decidedBy, type SftBatch, type SftUndoable } from './lastAction'
import { decide } from './pending'
import { sameFilters, type QueueFilters } from './queueFilters'
import { inOrder, readFromStart, readPage } from './queuePages'
import { useSessionStore } from './sessionStore'
import { emptyDesk } from './sftState'
import { readCard, takeUndoRefusal, undoLast } from './undoing'

/** With fewer cards than this ahead the next page is fetched, so that the next card is always at hand. */
const LOW_WATER = 12

/** Not state: which answer is still wanted after the filters changed under it. */
let generation = 0
let refilling: Promise<void> | null = null
let statsAsked = 0
/** What left while the queue was read again: that answer may still list it. */
let leftMeanwhile = new Set<string>()

export const useSftStore = defineStore('sft', {
  state: emptyDesk,

  getters: {
    current: (state): SftQueueItem | null => state.items[state.position] ?? null,
    lastAction: (state): SftUndoable | null => state.history.at(-1) ?? null,
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
      this.$patch({ filters: { ...filters }, items: [], position: 0, total: 0, cursor: null, decidedHere: 0 })
      this.$patch({ exhausted: false, opened: false, error: null, queueError: null, elsewhere: null })
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
        await this.line
        const before = this.decidedSoFar()
        const page = await readPage(this.filters, this.cursor, this.items.length)
        if (asked === generation) this.takePage(page, before !== null && before === this.decidedSoFar())
      } catch (cause) {
        if (asked === generation) this.queueError = asApiError(cause)
      } finally {
        if (asked === generation) this.opened = true
      }
    },

    /** Changes with every decision and undo; null while one is on its way. */
    decidedSoFar(): number | null {
      return this.pending.length ? null : this.history.length
    },

    /** `exact`: nothing was decided while it was read, so that its total can be trusted. */
    takePage(page: QueuePage, exact = true): void {
      const { total } = this
      const held = new Set([...this.items, ...this.pending.map(({ item }) => item)].map(({ id }) => id))
      this.items.push(...page.items.filter(({ id }) => !held.has(id)))
      this.takeTotals(page)
      if (!exact && this.opened) this.total = total
      this.wrapAround()
    },

    takeTotals(page: QueuePage): void {
      this.cursor = page.items.at(-1)?.id ?? this.cursor
      this.exhausted = page.items.length < page.per_page
      this.total = page.total
      this.search = page.search
      this.queueError = null
    },

    /**
     * Reads the queue again, after the desk changed under it; the card on screen stays if it still waits.
     * `ours`: we changed it ourselves, and a card that left needs no word.
     */
    async resync(ours = false): Promise<void> {
      if (!this.opened) return
      const asked = generation
      await this.line
      const left = (leftMeanwhile = new Set(this.pending.map(({ item }) => item.id)))
      try {
        const page = await readFromStart(this.filters, this.items.length)
        const { current } = this
        const listed = !current || page.items.some(({ id }) => id === current.id)
        const waits = listed || (await readCard(current.id)).status === 'needs_review'
        if (asked !== generation) return
        Object.assign(this, inOrder(page, left, this.items, this.position))
        this.takeTotals(page)
        this.total -= page.items.filter(({ id }) => left.has(id)).length
        this.wrapAround()
        if (waits || this.current?.id !== current.id) return
        if (ours) this.remove(current.id, true)
        else this.leaveCurrent(current, { by: null, action: null }, true)
      } catch (cause) {
        if (asked === generation && !this.current) this.queueError = asApiError(cause)
      }
    },

    /** Shows the next card at once; what was decided counts when the server has answered. */
    async submit(request: SftSubmitRequest, stay = false): Promise<boolean> {
      const item = this.items.find(({ id }) => id === request.id)
      if (this.submitting || !item) return false
      return decide(this, request, item, stay)
    },

    /** After everything that was decided before it. */
    inLine<T>(act: () => Promise<T>): Promise<T> {
      const done = this.line.then(act)
      this.line = done.catch(() => undefined)
      return done
    },

    /** Off the screen: decided, whether or not that is known on the server yet. */
    leave(id: string): void {
      this.remove(id)
      this.decidedHere += 1
    },

    setLastAction(
      type: SftAction,
      item: SftQueueItem,
      category?: SftFailureCategory | null,
      decision_id?: number | null,
    ): void {
      this.remember({ type, item, category: category ?? null, decision_id: decision_id ?? null })
    },

    remember(last: SftUndoable): void {
      this.history.push(last)
      useToastStore().done(last)
    },

    /** Takes back the last step of this session; when there is none, this reviewer's newest decision of all. */
    async undo(): Promise<boolean> {
      if (this.submitting) return false
      this.submitting = true
      const expected = this.history.length + this.pending.length
      try {
        await this.line
        // What was to be undone did not come about: its card is back, or gone.
        return this.history.length < expected ? false : await this.undoNow()
      } finally {
        this.submitting = false
        void this.refreshStats()
      }
    },

    async undoNow(): Promise<boolean> {
      this.error = null
      const last = this.lastAction
      try {
        if (last) return await undoLast(this, last)
        const { undoNewest } = await import('./undoNewest')
        return await undoNewest(this)
      } catch (cause) {
        takeUndoRefusal(this, asApiError(cause), last)
        return false
      }
    },

    /** A card that was undone, or whose decision was refused, is the current one again. */
    putBack(item: SftQueueItem): void {
      leftMeanwhile.delete(item.id)
      this.items = this.items.filter(({ id }) => id !== item.id)
      this.position = Math.min(this.position, this.items.length)
      this.items.splice(this.position, 0, item)
      this.total += 1
      this.decidedHere = Math.max(0, this.decidedHere - 1)
    },

    /** False when it is not at hand. */
    show(id: string): boolean {
      const index = this.items.findIndex((item) => item.id === id)
      if (index >= 0) this.position = index
      return index >= 0
    },

    /** Undone somewhere else (in the history, on the card's own page): not to be undone here again. */
    forget(was: { decision_id?: number; batch_id?: string }): void {
      this.history = this.history.filter((last) =>
        last.type === 'batch' ? last.batch_id !== was.batch_id : last.decision_id !== was.decision_id,
      )
    },

    /** Revised elsewhere without a toast: undo takes the revision back first, then what it stands in for. */
    revised(decision_id: number, by: { decision_id: number; category: SftFailureCategory | null }): void {
      const was = this.history.find((last) => last.type !== 'batch' && last.decision_id === decision_id)
      if (was && was.type !== 'batch') this.history.push({ ...was, ...by })
    },

    /** A step over many cards was done from here; resolves when the cards that left are off the screen. */
    async batchDone(batch: SftBatch): Promise<void> {
      const { action, batch_id, category, count, item } = batch
      this.own.add(batch_id)
      this.history.push(batch)
      if (action !== 'recategorise') {
        useSessionStore().record({ key: batch_id, action, category, cards: count })
        this.decidedHere += count
        await this.moveOn(item)
      }
      // Said with what comes next, once that is known.
      useToastStore().done(batch)
    },

    /** The cards of a step leave: those that say what `item` says, or everything that matched. */
    async moveOn(item: SftQueueItem | null): Promise<void> {
      if (item) {
        clearDraft(item.id)
        await this.resync(true)
      } else {
        this.reset(this.filters)
        await this.open(this.filters)
      }
    },

    /** Somebody else decided a card. Typed text is never taken off the screen. */
    takeNews(id: string, news: { by: string | null; action: SftAction | null }): void {
      const item = this.items.find((one) => one.id === id)
      if (!item) return
      if (this.current?.id === id) this.leaveCurrent(item, news)
      else this.remove(id)
    },

    leaveCurrent(
      item: SftQueueItem,
      news: { by: string | null; action: SftAction | null },
      uncounted = false,
    ): void {
      if (loadDraft(item.id)) {
        // Who it was is known from the news; a queue that was read again only knows that the card is gone.
        if (news.action || this.elsewhere?.id !== item.id) this.elsewhere = { id: item.id, ...news }
        return
      }
      this.remove(item.id, uncounted)
      this.notify(`${cardName(item)} has left the queue: ${decidedBy(news)}.`, true)
    },

    /** False when there is no other card to go to. */
    async skip(): Promise<boolean> {
      const from = this.current?.id
      this.lookAway()
      if (from && from === this.elsewhere?.id) this.remove(from)
      else this.position += 1
      if (!this.current) await this.refill()
      this.wrapAround()
      void this.refill()
      const moved = this.current?.id !== from
      if (!moved) this.notify('This is the only card left to review here.')
      return moved
    },

    /** To another card, by the person's own choice. */
    lookAway(): void {
      this.error = null
      if (this.current) this.resumed.delete(this.current.id)
    },

    back(): boolean {
      if (this.position === 0) return false
      this.lookAway()
      this.position -= 1
      return true
    },

    /** `uncounted`: the total was read without it. */
    remove(id: string, uncounted = false): void {
      leftMeanwhile.add(id)
      if (this.elsewhere?.id === id) this.elsewhere = null
      const index = this.items.findIndex((item) => item.id === id)
      if (index < 0) return
      this.items.splice(index, 1)
      if (index < this.position) this.position -= 1
      if (!uncounted) this.total = Math.max(0, this.total - 1)
      this.wrapAround()
    },

    /** Past the last card the skipped ones come round again. */
    wrapAround(): void {
      if (this.exhausted && this.position >= this.items.length) this.position = 0
    },

    notify(text: string, moved = false): void {
      useToastStore().notify(text, moved)
    },

    /** The desk's numbers as the event stream tells them. */
    takeCounts({ total, by_status }: Pick<DeskState, 'total' | 'by_status'>): void {
      if (this.stats) this.stats = { ...this.stats, total, by_status }
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
