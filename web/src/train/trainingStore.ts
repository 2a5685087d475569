import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { TrainingEvent, TrainingView } from '@/api/types'
import { isOpen } from './jobStates'

interface TrainingStoreState {
  view: TrainingView | null
  log: string
  loadError: ApiError | null
  /** Set if stopping or resuming was refused. */
  error: ApiError | null
  busy: boolean
}

let wanted = ''
let source: EventSource | null = null

/** One training, followed while it runs. */
export const useTrainingStore = defineStore('training', {
  state: (): TrainingStoreState => ({ view: null, log: '', loadError: null, error: null, busy: false }),

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
          ask(api.GET('/api/sft/trainings/{name}', { params })),
          ask(api.GET('/api/sft/trainings/{name}/log', { params })),
        ])
        if (wanted === name) Object.assign(this, { view, log: log.text, loadError: null })
      } catch (cause) {
        if (wanted === name) this.loadError = asApiError(cause)
      }
    },

    /**
     * Open the event stream, but only while the training runs and the page is visible: a browser allows six
     * connections to a host.
     */
    listen(): void {
      this.close()
      if (!this.view || !isOpen(this.view) || typeof EventSource === 'undefined') return
      const { name } = this.view
      const opened = (source = new EventSource(`/api/sft/trainings/${encodeURIComponent(name)}/events`))
      opened.addEventListener('training', (event: MessageEvent<string>) => {
        if (source === opened) this.hear(JSON.parse(event.data) as TrainingEvent)
      })
    },

    hear({ training, points_from, points }: TrainingEvent): void {
      const { view } = this
      if (view?.name !== training.name) return
      const hasSaidMore = training.log_bytes !== view.log_bytes
      Object.assign(view, training, { points: [...view.points.slice(0, points_from), ...points] })
      if (!isOpen(training)) {
        this.close()
        void this.read(training.name)
      } else if (hasSaidMore) void this.readLog(training.name)
    },

    async readLog(name: string): Promise<void> {
      const log = await ask(api.GET('/api/sft/trainings/{name}/log', { params: { path: { name } } })).catch(
        () => null,
      )
      if (log && this.view?.name === name) this.log = log.text
    },

    close(): void {
      source?.close()
      source = null
    },

    async stop(): Promise<void> {
      await this.act(async (path) => {
        const training = await ask(api.POST('/api/sft/trainings/{name}/stop', { params: { path } }))
        if (this.view) Object.assign(this.view, training)
      })
    },

    async resume(parallel = false): Promise<void> {
      await this.act(async (path) => {
        const params = { path, query: { parallel } }
        this.view = await ask(api.POST('/api/sft/trainings/{name}/resume', { params }))
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
