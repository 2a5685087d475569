import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { DeskNews, DeskState } from '@/api/types'
import { useSessionStore } from '@/review/sessionStore'
import { useSftStore } from '@/review/sft'
import { useRunsStore } from '@/runs/runsStore'
import { count } from '@/words/text'
import { useToastStore } from './toastStore'

interface LiveState {
  /** `deaf`: the desk answers, only its events do not get through. */
  status: 'off' | 'connecting' | 'live' | 'deaf' | 'lost'
  /** Why nothing gets through, where the desk says so (a missing token). */
  problem: string | null
  desk: DeskState | null
}

export const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 15_000
/** News come in bursts; the queue is read again once they rest. */
export const SETTLE_MS = 600
/** A browser opens six connections to a host, over all its tabs: one that nobody looks at gives its own back. */
const HIDDEN_MS = 10_000

/** Not state: the connection, and what waits for its moment. */
let source: EventSource | null = null
let retry: ReturnType<typeof setTimeout> | undefined
let retryMs = FIRST_RETRY_MS
let settling: ReturnType<typeof setTimeout> | undefined
let hiding: ReturnType<typeof setTimeout> | undefined
/** How many cards there were when a run's import was first heard of. */
const importedFrom = new Map<string, number>()

/** What other tabs, people and imports do to the desk, as it happens. */
export const useLiveStore = defineStore('live', {
  state: (): LiveState => ({ status: 'off', problem: null, desk: null }),

  actions: {
    start(): void {
      if (typeof EventSource === 'undefined' || source) return
      if (this.status === 'off') this.status = 'connecting'
      const opened = (source = new EventSource('/api/sft/events'))
      opened.addEventListener('desk', (event: MessageEvent<string>) => {
        if (source === opened) this.hear(JSON.parse(event.data) as DeskState)
      })
      opened.addEventListener('error', () => {
        if (source === opened) void this.lose()
      })
    },

    stop(): void {
      source?.close()
      source = null
      clearTimeout(retry)
      clearTimeout(settling)
      if (this.status === 'live') this.status = 'connecting'
      useRunsStore().told = false
    },

    /** Call with whether somebody can see the page. */
    watch(visible: boolean): void {
      clearTimeout(hiding)
      if (visible) this.start()
      else hiding = setTimeout(() => this.stop(), HIDDEN_MS)
    },

    hear(now: DeskState): void {
      const { desk: before, status } = this
      const again = before !== null && status !== 'live'
      const lost = status === 'lost'
      retryMs = FIRST_RETRY_MS
      // Not patched: that would write into the state of before, which is still to be compared.
      Object.assign(this, { status: 'live', problem: null, desk: now })
      const desk = useSftStore()
      // The queue may have been read before the stream was there.
      const missed = !before && desk.stats !== null && !sameCounts(desk.stats, now)
      desk.takeCounts(now)
      const runs = useRunsStore()
      runs.told = true
      runs.takeImports(now.imports)
      if (lost || again) this.returned(lost)
      else if (before) this.tell(before, now)
      else if (missed) this.settle()
    },

    /** The connection is back: what happened meanwhile is read, not guessed. */
    returned(lost: boolean): void {
      const desk = useSftStore()
      if (lost) useToastStore().notify('The desk answers again.')
      if (desk.error && isOutage(desk.error)) desk.error = null
      if (desk.queueError) void desk.open({ ...desk.filters })
      else void desk.resync()
      void desk.refreshStats()
      void useSessionStore().refreshToday()
    },

    tell(before: DeskState, now: DeskState): void {
      const desk = useSftStore()
      const foreign = now.decisions.filter((one) => !isOwn(one, desk.own))
      const grown = now.total - before.total
      const searched = desk.filters.q !== null && now.search.indexed !== before.search.indexed
      if (foreign.length || now.more || grown > 0 || searched) this.settle()
      void this.whenIdle(() => this.tellDecisions(now.decisions))
      this.tellImports(before, now)
    },

    /** Those of others. Of several decisions on one card the last one counts. */
    async tellDecisions(news: readonly DeskNews[]): Promise<void> {
      const desk = useSftStore()
      const foreign = news.filter((one) => !isOwn(one, desk.own))
      const last = new Map(foreign.map((one) => [one.id, one]))
      const me = useRunsStore().config?.reviewer
      for (const { id, action, status, reviewer } of last.values()) {
        if (status === 'needs_review') {
          if (desk.elsewhere?.id === id) desk.elsewhere = null
        } else if (action !== 'undo') {
          desk.takeNews(id, { by: reviewer === me ? 'you, in another tab,' : reviewer, action })
        }
      }
    },

    /** An import that this page asked for is told by the page itself. */
    tellImports(before: DeskState, now: DeskState): void {
      const runs = useRunsStore()
      const had = new Map(before.imports.map((run) => [run.run_id, run]))
      for (const run of now.imports) {
        const was = had.get(run.run_id)
        const ended = run.state === 'imported' && was?.state !== 'imported'
        if (!ended || runs.importing.includes(run.run_id) || runs.results[run.run_id]) continue
        const cards = now.total - (importedFrom.get(run.run_id) ?? before.total)
        importedFrom.delete(run.run_id)
        if (cards > 0) useToastStore().notify(`${count(cards, 'new card')} from run ${run.run_id}.`)
      }
      for (const run of now.imports) {
        if (run.state === 'importing' && !importedFrom.has(run.run_id))
          importedFrom.set(run.run_id, before.total)
      }
    },

    settle(): void {
      clearTimeout(settling)
      settling = setTimeout(() => {
        const desk = useSftStore()
        void this.whenIdle(() => desk.resync())
        void desk.refreshStats()
        void useSessionStore().refreshToday()
      }, SETTLE_MS)
    },

    /** A decision on its way knows its number only when it is back: until then news of it cannot be told apart. */
    async whenIdle(act: () => void | Promise<void>): Promise<void> {
      const desk = useSftStore()
      while (desk.submitting || desk.line.waiting.length)
        await new Promise((resolve) => setTimeout(resolve, 20))
      await act()
    },

    /** The stream broke. Whether the desk itself is lost, asking it tells. */
    async lose(): Promise<void> {
      this.stop()
      retry = setTimeout(() => this.start(), retryMs)
      retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2)
      const refusal = await ask(api.GET('/api/sft/stats')).then(() => null, asApiError)
      if (this.status === 'live') return
      this.problem = refusal && refusal.status > 0 && refusal.status < 500 ? refusal.message : null
      this.status = refusal ? 'lost' : 'deaf'
    },
  },
})

function isOwn({ decision_id, batch_id }: DeskNews, own: ReadonlySet<number | string>): boolean {
  return own.has(decision_id) || (batch_id !== null && own.has(batch_id))
}

function sameCounts(
  a: Pick<DeskState, 'total' | 'by_status'>,
  b: Pick<DeskState, 'total' | 'by_status'>,
): boolean {
  return a.total === b.total && a.by_status['needs_review'] === b.by_status['needs_review']
}

/** No answer at all, or one from whatever stands between us and the desk. */
function isOutage({ status }: ApiError): boolean {
  return status === 0 || status >= 502
}
