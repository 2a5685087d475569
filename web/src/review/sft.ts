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
import { decide } from './deciding'
import { sameFilters, type QueueFilters } from './queueFilters'
import { Queue } from './queue'
import { readFromStart, readPage } from './queuePages'
import { useSessionStore } from './sessionStore'
import { emptyDesk } from './sftState'
import { readCard, takeUndoRefusal, undoLast } from './undoing'

/** With fewer cards than this ahead the next page is fetched, so that the next card is always at hand. */
const LOW_WATER = 12

/**
 * Not part of the state: tells whether the filters changed since a question was asked, so that its answer is dropped.
 */
let generation = 0
let refilling: Promise<void> | null = null
let statsAsked = 0
/** The card of the page's address, until the first cards are at hand. */
let arriving: Promise<SftQueueItem | null> | null = null
/** Cards that left while the queue was being read again: that answer may still list them. */
let leftMeanwhile = new Set<string>()

export const useSftStore = defineStore('sft', {
  state: emptyDesk,

  getters: {
    current: (state): SftQueueItem | null => state.queue.current,
    lastAction: (state): SftUndoable | null => state.history.at(-1) ?? null,
    reviewed: (state): number =>
      state.stats ? state.stats.total - (state.stats.by_status['needs_review'] ?? 0) : 0,
  },

  actions: {
    /**
     * Show the queue under these filters; the cards at hand stay if the filters are the same. `linked`: a waiting card
     * to begin with, listed or not, which is read at the same time.
     */
    async open(filters: QueueFilters, linked: Promise<SftQueueItem | null> | null = null): Promise<void> {
      const kept = this.opened && this.queue.items.length > 0 && sameFilters(filters, this.filters)
      if (!kept) this.reset(filters)
      arriving = linked
      if (kept) this.showLinked(await linked)
      this.queue.exhausted = false
      await Promise.all([this.refill(), this.refreshStats().then(() => this.lookForKept())])
    },

    showLinked(linked: SftQueueItem | null): void {
      arriving = null
      if (!linked) return
      this.lookAway()
      if (!this.queue.show(linked.id)) this.queue.insert(linked)
    },

    reset(filters: QueueFilters): void {
      generation += 1
      refilling = null
      this.queue = new Queue()
      this.$patch({ filters: { ...filters }, opened: false, error: null, queueError: null, elsewhere: null })
    },

    /** Keep enough cards at hand. */
    async refill(): Promise<void> {
      if (this.queue.ahead <= LOW_WATER) await this.readOn()
    },

    /** Read the next cards, if there are any. One request at a time. */
    async readOn(cards?: number): Promise<void> {
      if (this.queue.exhausted) return
      refilling ??= this.fetchPage(cards).finally(() => (refilling = null))
      await refilling
    },

    async fetchPage(cards?: number): Promise<void> {
      const asked = generation
      try {
        await this.line.ended
        const before = this.decidedSoFar()
        const page = await readPage(this.filters, this.queue.cursor, this.queue.items.length, cards)
        const linked = await arriving
        if (asked !== generation) return
        this.takePage(page, before !== null && before === this.decidedSoFar(), linked)
      } catch (cause) {
        if (asked === generation) this.queueError = asApiError(cause)
      } finally {
        if (asked === generation) this.opened = true
      }
    },

    /** A number that changes with every decision and undo; null while one is on its way. */
    decidedSoFar(): number | null {
      return this.line.waiting.length ? null : this.history.length
    },

    /** `exact`: nothing was decided while the page was read, so its total can be trusted. */
    takePage(page: QueuePage, exact = true, linked: SftQueueItem | null = null): void {
      this.queue.add(page, this.onTheirWay(), exact || !this.opened)
      this.showLinked(linked)
      this.takeSearch(page)
    },

    /** Cards that left the screen before the answer to their decision; the server may still list them. */
    onTheirWay(): Set<string> {
      return new Set(this.line.waiting.map(({ item }) => item.id))
    },

    takeSearch(page: QueuePage): void {
      this.search = page.search
      this.queueError = null
    },

    /**
     * Read the queue again after the desk changed; the card on screen stays if it is still to review.
     * `ours`: this page made the change, so a card that left needs no message.
     */
    async resync(ours = false): Promise<void> {
      if (!this.opened) return
      const asked = generation
      await this.line.ended
      const left = (leftMeanwhile = this.onTheirWay())
      try {
        const page = await readFromStart(this.filters, this.queue.items.length)
        const { current } = this
        const listed = !current || page.items.some(({ id }) => id === current.id)
        const waits = listed || (await readCard(current.id)).status === 'needs_review'
        if (asked !== generation) return
        this.queue.replace(page, left)
        this.takeSearch(page)
        if (waits || this.current?.id !== current.id) return
        if (ours) this.remove(current.id, true)
        else this.leaveCurrent(current, { by: null, action: null }, true)
      } catch (cause) {
        if (asked === generation && !this.current) this.queueError = asApiError(cause)
      }
    },

    /** Send a decision and show the next card at once; the decision counts when the server has answered. */
    async submit(request: SftSubmitRequest, stay = false): Promise<boolean> {
      const item = this.queue.find(request.id)
      if (this.submitting || !item) return false
      return decide(this, request, item, stay)
    },

    /** Take a decided card off the screen, whether or not the server has answered. */
    leave(id: string): void {
      this.remove(id)
      this.queue.decidedHere += 1
    },

    remember(last: SftUndoable): void {
      this.record(last)
      useToastStore().done(last)
    },

    record(last: SftUndoable): void {
      this.history.push(last)
      this.undone = []
    },

    /** Take back the last step of this session, or else this reviewer's newest decision of all. */
    async undo(): Promise<boolean> {
      if (this.submitting) return false
      this.submitting = true
      const expected = this.history.length + this.line.waiting.length
      try {
        await this.line.ended
        // The decision to undo was refused in the meantime: its card is back, or gone.
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

    /** Make a card current again that was undone or whose decision was refused. */
    putBack(item: SftQueueItem): void {
      leftMeanwhile.delete(item.id)
      this.queue.putBack(item)
    },

    /**
     * Forget a decision that was undone elsewhere (in the history, on the card's page), so that U does not try again.
     */
    forget(was: { decision_id?: number; batch_id?: string }): void {
      this.history = this.history.filter((last) =>
        last.type === 'batch' ? last.batch_id !== was.batch_id : last.decision_id !== was.decision_id,
      )
    },

    /**
     * Record a revision made elsewhere, without a toast: undo takes it back first, then the decision that it
     * replaced.
     */
    revised(decision_id: number, by: { decision_id: number; category: SftFailureCategory | null }): void {
      const was = this.history.find((last) => last.type !== 'batch' && last.decision_id === decision_id)
      if (was && was.type !== 'batch') this.history.push({ ...was, ...by })
    },

    /** Record a bulk step; resolves when its cards are off the screen. */
    async batchDone(batch: SftBatch): Promise<void> {
      const { action, batch_id, count, item, ids } = batch
      this.own.add(batch_id)
      this.record(batch)
      if (action !== 'recategorise') {
        useSessionStore().recordBatch(batch)
        this.queue.decidedHere += count
        await this.moveOn(item, ids)
      }
      // Announced together with what comes next, so it waits until that is known.
      useToastStore().done(batch)
    },

    /**
     * Take a bulk step's cards off the screen: those selected, those with the same response as `item`, or everything
     * that matched.
     */
    async moveOn(item: SftQueueItem | null, ids?: readonly string[]): Promise<void> {
      if (ids) {
        for (const id of ids) this.remove(id)
        await this.refill()
      } else if (item) {
        clearDraft(item.id)
        await this.resync(true)
      } else {
        this.reset(this.filters)
        await this.open(this.filters)
      }
    },

    /** Take the news that somebody else decided a card. A typed text is never taken off the screen. */
    takeNews(id: string, news: { by: string | null; action: SftAction | null }): void {
      const item = this.queue.find(id)
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
        // The news says who decided; reading the queue again only shows that the card is gone.
        if (news.action || this.elsewhere?.id !== item.id) this.elsewhere = { id: item.id, ...news }
        return
      }
      this.remove(item.id, uncounted)
      this.notify(`${cardName(item)} has left the queue: ${decidedBy(news)}.`, true)
    },

    /** Go to the next card. False if there is no other. */
    async skip(): Promise<boolean> {
      const from = this.current?.id
      this.lookAway()
      if (from && from === this.elsewhere?.id) this.remove(from)
      else this.queue.skip()
      if (!this.current) await this.refill()
      this.queue.wrapAround()
      void this.refill()
      const moved = this.current?.id !== from
      if (!moved) this.notify('This is the only card left to review here.')
      return moved
    },

    /** Go to another card because the reviewer chose to. */
    lookAway(): void {
      this.error = null
      if (this.current) this.resumed.delete(this.current.id)
    },

    /** Go to a card of those at hand. */
    show(id: string): void {
      this.lookAway()
      this.queue.show(id)
      void this.refill()
    },

    back(): boolean {
      if (this.queue.position === 0) return false
      this.lookAway()
      return this.queue.back()
    },

    /** `uncounted`: the total was read without this card. */
    remove(id: string, uncounted = false): void {
      leftMeanwhile.add(id)
      if (this.elsewhere?.id === id) this.elsewhere = null
      this.queue.remove(id, uncounted)
    },

    notify(text: string, moved = false): void {
      useToastStore().notify(text, moved)
    },

    /** Take the desk's counts from the event stream. */
    takeCounts({ total, by_status }: Pick<DeskState, 'total' | 'by_status'>): void {
      if (this.stats) this.stats = { ...this.stats, total, by_status }
    },

    async lookForKept(): Promise<void> {
      try {
        const params = { query: { outcome: 'any' as const } }
        const { total } = await ask(api.GET('/api/sft/stats', { params }))
        this.kept = total - (this.stats?.total ?? total)
      } catch {
        // Then the filter by outcome is not offered.
      }
    },

    async refreshStats(): Promise<void> {
      const asked = ++statsAsked
      try {
        const stats = await ask(api.GET('/api/sft/stats'))
        if (asked === statsAsked) this.stats = stats
      } catch {
        // The counts are a courtesy: a lost server is reported where it matters, at the queue and at a decision.
      }
    },
  },
})
