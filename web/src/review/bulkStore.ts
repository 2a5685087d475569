import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, askOnce, isAbort } from '@/api/client'
import type { BulkResult, DecidedItem, SftQueueItem, VerdictCount } from '@/api/types'
import { decidedQuery } from '@/decided/decidedFilters'
import { withoutAlreadySaid, type BulkChoice, bulkRequest, type BulkTarget } from './bulk'
import { useBulkTargetStore } from './bulkTargetStore'
import { isEmpty, listsIn } from './drafts'
import { queueQuery } from './queueFilters'
import { useSftStore } from './sft'

/** How many of the cards are shown before a step. */
const FIRST = 5

interface BulkState {
  target: BulkTarget | null
  /** The number of cards that the step would change, as of the last preview. */
  count: number | null
  first: (SftQueueItem | DecidedItem)[]
  /** What they would get, where each gets its own verdict. */
  verdicts: VerdictCount[]
  busy: boolean
  error: ApiError | null
  /** A message that the count had changed by the time of the step, so that it must be confirmed again. */
  stale: string | null
}

let asking: AbortController | null = null

/** One decision for many cards: preview, confirm, and undo from the same stack as other decisions. */
export const useBulkStore = defineStore('bulk', {
  state: (): BulkState => ({
    ...{ target: null, count: null, first: [], verdicts: [] },
    ...{ busy: false, error: null, stale: null },
  }),

  actions: {
    begin(target: BulkTarget): void {
      this.$reset()
      this.target = target
    },

    end(): void {
      asking?.abort()
      this.target = null
    },

    /** Ask for the step's current count and its first cards. A later question replaces an earlier one. */
    async preview(choice: BulkChoice): Promise<void> {
      const { target } = this
      if (!target) return
      asking?.abort()
      const mine = (asking = new AbortController())
      try {
        // The preview asks which cards match, not what becomes of them, so it needs no text yet.
        const action = choice.action === 'correct' ? 'discard' : choice.action
        const body = { ...bulkRequest(target, { ...choice, action, note: '' }), dry_run: true }
        await useSftStore().line.ended
        const [{ count, verdicts }, first] = await Promise.all([
          ask(api.POST('/api/sft/bulk', { body, signal: mine.signal })),
          firstOf(target, choice, mine.signal),
        ])
        if (mine.signal.aborted) return
        this.$patch({ count, verdicts, error: null })
        this.first = first
      } catch (cause) {
        if (!isAbort(cause) && !mine.signal.aborted) this.error = asApiError(cause)
      }
    },

    /** Take the step. True if it was done. It never changes more cards than the preview counted. */
    async confirm(choice: BulkChoice): Promise<boolean> {
      const { target, count } = this
      const desk = useSftStore()
      if (!target || count === null || this.busy || desk.submitting) return false
      this.$patch({ busy: true, error: null, stale: null })
      // The review page waits too: its keys do nothing, and news of these decisions does not look like somebody
      // else's.
      desk.submitting = true
      try {
        const body = { ...bulkRequest(target, choice), expected: count }
        await desk.line.ended
        await this.done(choice, await askOnce(body, (params) => api.POST('/api/sft/bulk', { params, body })))
        return true
      } catch (cause) {
        await this.takeRefusal(asApiError(cause), choice)
        return false
      } finally {
        this.busy = false
        desk.submitting = false
        void desk.refreshStats()
      }
    },

    async done(choice: BulkChoice, { batch_id, count, verdicts }: BulkResult): Promise<void> {
      const { action, category, note, fault } = choice
      const desk = useSftStore()
      const like = this.target?.kind === 'like' ? this.target : null
      const said = like && {
        ...{ text: like.text, category: category ?? null, note: note.trim() },
        ...(fault && { fault }),
        ...((like.reference ?? null) !== null && { reference: like.reference }),
        ...listsIn({ tags: choice.tags ?? [], must: like.must ?? [], must_not: like.must_not ?? [] }),
      }
      const typed = said && !isEmpty(said) ? said : null
      const selected = decidedOf(this.target)
      const item = like?.item ?? selected?.[0] ?? null
      const ids = selected?.length === count ? selected.map(({ id }) => id) : null
      this.target = null
      useBulkTargetStore().end()
      if (!batch_id) return
      await desk.batchDone({
        type: 'batch',
        action,
        batch_id,
        count,
        category,
        fault,
        item,
        typed,
        tagged: choice.tags ?? choice.addTags ?? [],
        untagged: choice.removeTags ?? [],
        ...(ids && { ids }),
        ...(verdicts.length && { verdicts }),
      })
    },

    async takeRefusal(error: ApiError, choice: BulkChoice): Promise<void> {
      if (error.code !== 'preview_stale' && error.code !== 'nothing_matches') {
        this.error = error
        return
      }
      const before = this.count
      await this.preview(choice)
      this.stale = `${this.count?.toLocaleString()} match by now, not ${before?.toLocaleString()}. Nothing was changed: look again.`
    },
  },
})

/** The selected cards that the step decides; null if they were not selected one by one. */
function decidedOf(target: BulkTarget | null): SftQueueItem[] | null {
  if (target?.kind === 'selected') return [...target.items]
  return target?.kind === 'proposed' ? target.items.filter(({ proposal }) => proposal) : null
}

async function firstOf(
  target: BulkTarget,
  choice: BulkChoice,
  signal: AbortSignal,
): Promise<(SftQueueItem | DecidedItem)[]> {
  if (target.kind === 'proposed') return []
  if (target.kind === 'selected') return target.items.slice(0, FIRST)
  if (target.kind === 'decided') {
    if (target.items) return target.items.slice(0, FIRST)
    const query = { ...withoutAlreadySaid(decidedQuery(target.filters), choice), per_page: FIRST }
    return (await ask(api.GET('/api/sft/decisions', { params: { query }, signal }))).items
  }
  const filters =
    target.kind === 'like'
      ? { like: target.item.id, outcome: target.item.outcome }
      : queueQuery(target.filters)
  const query = { ...filters, per_page: FIRST }
  return (await ask(api.GET('/api/sft/queue', { params: { query }, signal }))).items
}
