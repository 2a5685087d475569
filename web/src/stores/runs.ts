import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { Config, DeskState, ImportResult, Job, RejectedLine, RunInfo } from '@/api/types'
import { followJob, isOpen, jobError, startJob, stopJob } from '@/followJob'

interface RunsState {
  runs: RunInfo[]
  loaded: boolean
  error: ApiError | null
  /** The event stream tells how far imports are: no need to ask. */
  told: boolean
  config: Config | null
  configError: ApiError | null
  savingConfig: boolean
  /** Runs this page has asked to import and not heard back from. */
  importing: string[]
  /** Their jobs, by which they can be stopped. */
  jobs: Record<string, string>
  results: Record<string, ImportResult>
  importErrors: Record<string, ApiError>
  rejected: Record<string, RejectedLine[]>
  rejectedErrors: Record<string, ApiError>
}

export const POLL_MS = 500

let poll: ReturnType<typeof setTimeout> | null = null

export const useRunsStore = defineStore('runs', {
  state: (): RunsState => ({
    runs: [],
    loaded: false,
    error: null,
    told: false,
    config: null,
    configError: null,
    savingConfig: false,
    importing: [],
    jobs: {},
    results: {},
    importErrors: {},
    rejected: {},
    rejectedErrors: {},
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

    /** False where something has to be chosen first. */
    async importRun(runId: string): Promise<boolean> {
      if (this.importing.includes(runId)) return true
      this.importing.push(runId)
      this.importErrors = without(this.importErrors, runId)
      this.rejected = without(this.rejected, runId)
      this.watchImports()
      try {
        const started = await startJob({ kind: 'import', run_id: runId })
        this.jobs[runId] = started.job_id
        const { job, result } = await followJob(started.job_id, () => undefined)
        if (result?.needs) return false
        if (result?.report) this.results[runId] = result.report
        else if (job.state !== 'cancelled') this.importErrors[runId] = jobError(job)
      } catch (cause) {
        this.importErrors[runId] = asApiError(cause)
      } finally {
        this.importing = this.importing.filter((id) => id !== runId)
        this.jobs = without(this.jobs, runId)
        await this.load()
      }
      return true
    },

    async stopImport(runId: string): Promise<void> {
      const job = this.jobs[runId]
      if (job) await stopJob(job)
    },

    /** An import of another page of this app: it tells its end itself. */
    claim(job: Job): void {
      const runId = job.counts?.run_id
      if (!runId || this.importing.includes(runId)) return
      this.importing.push(runId)
      this.jobs[runId] = job.job_id
    },

    settle(result: ImportResult): void {
      this.results[result.run_id] = result
      this.rejected = without(this.rejected, result.run_id)
      this.release(result.run_id)
    },

    release(runId: string): void {
      this.importing = this.importing.filter((id) => id !== runId)
      this.jobs = without(this.jobs, runId)
    },

    /** Imports that other pages began can be stopped here too. */
    takeJobs(jobs: readonly Job[]): void {
      for (const job of jobs) {
        const runId = job.counts?.run_id
        if (!runId || job.kind !== 'import' || this.importing.includes(runId)) continue
        if (isOpen(job)) this.jobs[runId] = job.job_id
        else if (this.jobs[runId] === job.job_id) this.jobs = without(this.jobs, runId)
      }
    },

    /** How far imports are, from the event stream. A run that is not listed yet, or has ended, is read anew. */
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

    /** Without the event stream the runs are read again and again, but only while one is being imported. */
    watchImports(): void {
      if (this.told || poll || !this.anyImporting) return
      poll = setTimeout(() => {
        poll = null
        void this.load().then(() => this.watchImports())
      }, POLL_MS)
    },

    stopWatching(): void {
      if (poll) clearTimeout(poll)
      poll = null
    },

    async loadRejected(runId: string): Promise<void> {
      try {
        const params = { path: { run_id: runId } }
        this.rejected[runId] = await ask(api.GET('/api/sft/runs/{run_id}/rejected', { params }))
        this.rejectedErrors = without(this.rejectedErrors, runId)
      } catch (cause) {
        this.rejectedErrors[runId] = asApiError(cause)
      }
    },

    /** Who decides here. */
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

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key))
}
