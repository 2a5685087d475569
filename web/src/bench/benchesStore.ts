import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { BenchesOverview, BenchPreview, BenchSummary, BenchView, TaskFile } from '@/api/types'
import { isOpen } from '@/train/jobStates'
import { type BenchWish, NO_BENCH_WISH, numbersOf, requestOf } from './bench'
import { tasksOf } from './benchTasks'

interface BenchesState {
  overview: BenchesOverview | null
  error: ApiError | null
  /** The contents of the form, kept while another page is open. */
  wish: BenchWish
  preview: BenchPreview | null
  previewError: ApiError | null
  /** The name of the file that is being sent. */
  sending: string | null
  fileError: ApiError | null
  starting: boolean
  startError: ApiError | null
}

export const POLL_MS = 2_000

let poll: ReturnType<typeof setTimeout> | undefined
let previewing: AbortController | null = null

/** The benches of the desk, its task files, and the form for a new bench. */
export const useBenchesStore = defineStore('benches', {
  state: (): BenchesState => ({
    overview: null,
    error: null,
    wish: { ...NO_BENCH_WISH },
    preview: null,
    previewError: null,
    sending: null,
    fileError: null,
    starting: false,
    startError: null,
  }),

  getters: {
    running: (state): BenchSummary | null => state.overview?.benches.find(isOpen) ?? null,
  },

  actions: {
    async load(): Promise<void> {
      try {
        this.overview = await ask(api.GET('/api/sft/benches'))
        this.error = null
        this.choose()
      } catch (cause) {
        this.error = asApiError(cause)
      }
    },

    /** Read the list repeatedly, but only while a bench runs. */
    async watch(): Promise<void> {
      clearTimeout(poll)
      await this.load()
      clearTimeout(poll)
      if (this.running || this.error) poll = setTimeout(() => void this.watch(), POLL_MS)
    },

    unwatch(): void {
      clearTimeout(poll)
      previewing?.abort()
    },

    /** Take the first task file that can be asked where none is chosen, or where the chosen one is gone. */
    choose(): void {
      const files = this.overview?.task_files ?? []
      if (files.some(({ name }) => name === this.wish.file)) return
      this.wish = { ...this.wish, file: files.find(({ problem }) => !problem)?.name ?? '' }
    },

    change(part: Partial<BenchWish>): void {
      this.wish = { ...this.wish, ...part }
      this.startError = null
    },

    /** Count the chosen tasks. A later question replaces an earlier one. */
    async look(): Promise<void> {
      previewing?.abort()
      const mine = (previewing = new AbortController())
      const tasks = tasksOf(this.wish)
      if (!tasks) return void Object.assign(this, { preview: null, previewError: null })
      const { limit } = numbersOf(this.wish)
      try {
        const body = { tasks, ...(limit === undefined ? {} : { limit }) }
        const preview = await ask(api.POST('/api/sft/benches/preview', { body, signal: mine.signal }))
        if (!mine.signal.aborted) Object.assign(this, { preview, previewError: null })
      } catch (cause) {
        if (isAbort(cause) || mine.signal.aborted) return
        Object.assign(this, { preview: null, previewError: asApiError(cause) })
      }
    },

    /** Send a task file, which the desk reads line by line, and choose it. */
    async send(file: File): Promise<void> {
      if (this.sending) return
      Object.assign(this, { sending: file.name, fileError: null })
      try {
        const kept: TaskFile = await ask(
          api.POST('/api/sft/task-files', {
            params: { query: { name: file.name } },
            body: file as unknown as string,
            bodySerializer: (sent) => sent,
            headers: { 'Content-Type': 'text/plain' },
          }),
        )
        this.change({ kind: 'file', file: kept.name })
        await this.load()
        await this.look()
      } catch (cause) {
        this.fileError = asApiError(cause)
      } finally {
        this.sending = null
      }
    },

    async remove(name: string): Promise<void> {
      this.fileError = null
      try {
        const { response, error } = await api.DELETE('/api/sft/task-files/{name}', {
          params: { path: { name } },
        })
        if (!response.ok) await ask(Promise.resolve({ error, response }))
      } catch (cause) {
        this.fileError = asApiError(cause)
      }
      await this.load()
    },

    /** Start the bench and return it, one at a time. Null if that failed. */
    async start(parallel: boolean): Promise<BenchView | null> {
      const body = requestOf(this.wish, parallel)
      if (this.starting || !body) return null
      this.starting = true
      this.startError = null
      try {
        const made: BenchView = await ask(api.POST('/api/sft/benches', { body }))
        this.wish = { ...this.wish, name: '' }
        return made
      } catch (cause) {
        this.startError = asApiError(cause)
        void this.watch()
        return null
      } finally {
        this.starting = false
      }
    },
  },
})
