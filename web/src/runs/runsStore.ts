import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { Config, DeskState, ImportResult, RunInfo } from '@/api/types'

interface RunsState {
  runs: RunInfo[]
  loaded: boolean
  error: ApiError | null
  /** Whether the event stream reports the progress of imports, so that there is no need to ask. */
  hasEvents: boolean
  config: Config | null
  configError: ApiError | null
  savingConfig: boolean
  /** Runs whose import this page asked for and that has not ended yet. */
  importing: string[]
  results: Record<string, ImportResult>
}

export const POLL_MS = 500

let poll: ReturnType<typeof setTimeout> | null = null

export const useRunsStore = defineStore('runs', {
  state: (): RunsState => ({
    runs: [],
    loaded: false,
    error: null,
    hasEvents: false,
    config: null,
    configError: null,
    savingConfig: false,
    importing: [],
    results: {},
  }),

  getters: {
    anyImporting: (state): boolean =>
      state.importing.length > 0 || state.runs.some((run) => run.state === 'importing'),
  },

  actions: {
    async load(): Promise<void> {
      try {
        this.runs = await ask(api.GET('/api/sft/runs'))
        this.error = null
      } catch (cause) {
        this.error = asApiError(cause)
      } finally {
        this.loaded = true
      }
    },

    /**
     * Take the progress of imports from the event stream. A run that is not listed yet, or that ended, is read again.
     */
    takeImports(imports: DeskState['imports']): void {
      let anew = false
      for (const { run_id, state, read, bytes_read, bytes_total } of imports) {
        const run = this.runs.find((one) => one.run_id === run_id)
        if (run?.state === 'importing' && state === 'importing') {
          Object.assign(run, { read, bytes_read, bytes_total })
        } else if (!run || run.state === 'importing' || state === 'importing') anew = true
      }
      if (anew && this.loaded) void this.load()
    },

    /** Without the event stream, read the runs repeatedly, but only while one is being imported. */
    watchImports(): void {
      if (this.hasEvents || poll || !this.anyImporting) return
      poll = setTimeout(() => {
        poll = null
        void this.load().then(() => this.watchImports())
      }, POLL_MS)
    },

    stopWatching(): void {
      if (poll) clearTimeout(poll)
      poll = null
    },

    /** The name of this reviewer. */
    async reviewer(): Promise<string> {
      this.config ??= await ask(api.GET('/api/sft/config'))
      return this.config.reviewer
    },

    async loadConfig(): Promise<void> {
      try {
        this.config = await ask(api.GET('/api/sft/config'))
        this.configError = null
      } catch (cause) {
        this.configError = asApiError(cause)
      }
    },

    async saveFolder(folder: string): Promise<boolean> {
      if (this.savingConfig) return false
      this.savingConfig = true
      this.configError = null
      try {
        const body = { bench_results_dir: folder.trim() || null }
        this.config = await ask(api.POST('/api/sft/config', { body }))
        return true
      } catch (cause) {
        this.configError = asApiError(cause)
        return false
      } finally {
        this.savingConfig = false
      }
    },
  },
})
