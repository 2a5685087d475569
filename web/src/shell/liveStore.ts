import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { DeskNews, DeskState } from '@/api/types'
import { useSessionStore } from '@/review/sessionStore'
import { useSftStore } from '@/review/sft'
import { useRunsStore } from '@/runs/runsStore'
import { count } from '@/words/text'
import { useToastStore } from './toastStore'

interface LiveState {
  /** `deaf`: the desk answers requests, but its events do not arrive. */
  status: 'off' | 'connecting' | 'live' | 'deaf' | 'lost'
  /** The reason, if the desk gives one (a missing token). */
  problem: string | null
  desk: DeskState | null
}

export const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 15_000
/** News comes in bursts; the queue is read again once they end. */
export const SETTLE_MS = 600
/** A browser allows six connections to a host over all its tabs, so a hidden tab closes its own. */
const HIDDEN_MS = 10_000

/** Not part of the state: the connection and its timers. */
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
      useRunsStore().hasEvents = false
    },

    /** Tell whether the page is visible; a hidden one lets go of its connection. */
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
      // Not $patch: it would write into the previous state, which is still to be compared.
      Object.assign(this, { status: 'live', problem: null, desk: now })
      const desk = useSftStore()
      // The queue may have been read before the stream was open.
      const missed = !before && desk.stats !== null && !sameCounts(desk.stats, now)
      desk.takeCounts(now)
      const runs = useRunsStore()
      runs.hasEvents = true
      runs.takeImports(now.imports)
      if (lost || again) this.returned(lost)
      else if (before) this.tell(before, now)
      else if (missed) this.settle()
    },

    /** The connection is back: read again what may have changed meanwhile. */
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

    /** Report decisions made elsewhere. Of several on one card the last one counts. */
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

    /** Report finished imports; the page that asked for one reports it itself. */
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

    /** Run `act` when no decision is on its way: until its id is known, news of it looks like somebody else's. */
    async whenIdle(act: () => void | Promise<void>): Promise<void> {
      const desk = useSftStore()
      while (desk.submitting || desk.line.waiting.length)
        await new Promise((resolve) => setTimeout(resolve, 20))
      await act()
    },

    /** The stream broke: ask the desk, to tell whether it is lost too. */
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

/** Whether nothing answered, or only something between this page and the desk. */
function isOutage({ status }: ApiError): boolean {
  return status === 0 || status >= 502
}
