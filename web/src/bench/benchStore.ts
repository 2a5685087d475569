import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { BenchSummary, BenchView } from '@/api/types'
import { isOpen } from '@/train/jobStates'

interface BenchStoreState {
  view: BenchView | null
  log: string
  loadError: ApiError | null
  /** Set if stopping or resuming was refused. */
  error: ApiError | null
  busy: boolean
}

let wanted = ''
let source: EventSource | null = null

/** One bench, followed while it runs. */
export const useBenchStore = defineStore('bench', {
  state: (): BenchStoreState => ({ view: null, log: '', loadError: null, error: null, busy: false }),

  getters: {
    /** Whether it waits for another bench. */
    isHeld: (state): boolean => state.error?.code === 'already_benching',
  },

  actions: {
    async open(name: string): Promise<void> {
      wanted = name
      if (this.view?.name !== name) this.$reset()
      await this.read(name)
      this.listen()
    },

    async read(name: string): Promise<void> {
      const params = { path: { name } }
      try {
        const [view, log] = await Promise.all([
          ask(api.GET('/api/sft/benches/{name}', { params })),
          ask(api.GET('/api/sft/benches/{name}/log', { params })),
        ])
        if (wanted === name) Object.assign(this, { view, log: log.text, loadError: null })
      } catch (cause) {
        if (wanted === name) this.loadError = asApiError(cause)
      }
    },

    /** Open the event stream, but only while the bench runs and the page is seen. */
    listen(): void {
      this.close()
      if (!this.view || !isOpen(this.view) || typeof EventSource === 'undefined') return
      const opened = (source = new EventSource(
        `/api/sft/benches/${encodeURIComponent(this.view.name)}/events`,
      ))
      opened.addEventListener('bench', (event: MessageEvent<string>) => {
        if (source === opened) this.hear(JSON.parse(event.data) as BenchSummary)
      })
    },

    /** Take the news. What errored, and the log, are read when there is more of it. */
    hear(bench: BenchSummary): void {
      const { view } = this
      if (view?.name !== bench.name) return
      const isNews = bench.log_bytes !== view.log_bytes || erroredOf(bench) !== erroredOf(view)
      Object.assign(view, bench)
      if (!isOpen(bench)) this.close()
      if (isNews || !isOpen(bench)) void this.read(bench.name)
    },

    close(): void {
      source?.close()
      source = null
    },

    async stop(): Promise<void> {
      await this.act(async (path) => {
        const bench = await ask(api.POST('/api/sft/benches/{name}/stop', { params: { path } }))
        if (this.view) Object.assign(this.view, bench)
      })
    },

    async resume(parallel = false): Promise<void> {
      await this.act(async (path) => {
        const params = { path, query: { parallel } }
        this.view = await ask(api.POST('/api/sft/benches/{name}/resume', { params }))
        this.listen()
      })
    },

    async act(done: (path: { name: string }) => Promise<void>): Promise<void> {
      if (!this.view || this.busy) return
      this.busy = true
      this.error = null
      try {
        await done({ name: this.view.name })
      } catch (cause) {
        this.error = asApiError(cause)
      } finally {
        this.busy = false
      }
    },
  },
})

function erroredOf({ models }: BenchSummary): number {
  return models.reduce((sum, { errored }) => sum + errored, 0)
}
