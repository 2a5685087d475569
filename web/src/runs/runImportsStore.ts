import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError } from '@/api/client'
import type { ImportOptions, ImportResult, Job, RejectedLine } from '@/api/types'
import { followJob, isOpen, jobError, startJob, stopJob } from '@/import/followJob'
import { useRunsStore } from './runsStore'

interface RunImportsState {
  /** The jobs of imports under way, by run; they are needed to stop an import. */
  jobs: Record<string, string>
  importErrors: Record<string, ApiError>
  rejected: Record<string, RejectedLine[]>
  rejectedErrors: Record<string, ApiError>
}

/** The imports of the Runs page, begun here or elsewhere: how to stop them, and the lines they rejected. */
export const useRunImportsStore = defineStore('runImports', {
  state: (): RunImportsState => ({ jobs: {}, importErrors: {}, rejected: {}, rejectedErrors: {} }),

  actions: {
    /** Import a run, with other choices than its own if there are any. False if something must be chosen first. */
    async importRun(runId: string, options: Partial<ImportOptions> = {}): Promise<boolean> {
      const runs = useRunsStore()
      if (runs.importing.includes(runId)) return true
      runs.importing.push(runId)
      this.importErrors = without(this.importErrors, runId)
      this.rejected = without(this.rejected, runId)
      runs.watchImports()
      try {
        const started = await startJob({ kind: 'import', run_id: runId, ...options })
        this.jobs[runId] = started.job_id
        const { job, result } = await followJob(started.job_id, () => undefined)
        if (result?.needs) return false
        if (result?.report) runs.results[runId] = result.report
        else if (job.state !== 'cancelled') this.importErrors[runId] = jobError(job)
      } catch (cause) {
        this.importErrors[runId] = asApiError(cause)
      } finally {
        runs.importing = runs.importing.filter((id) => id !== runId)
        this.jobs = without(this.jobs, runId)
        await runs.load()
      }
      return true
    },

    async stopImport(runId: string): Promise<void> {
      const job = this.jobs[runId]
      if (job) await stopJob(job)
    },

    /** Count an import of the import page as under way here; that page reports its end itself. */
    claim(job: Job): void {
      const runs = useRunsStore()
      const runId = job.counts?.run_id
      if (!runId || runs.importing.includes(runId)) return
      runs.importing.push(runId)
      this.jobs[runId] = job.job_id
    },

    settle(result: ImportResult): void {
      useRunsStore().results[result.run_id] = result
      this.rejected = without(this.rejected, result.run_id)
      this.release(result.run_id)
    },

    release(runId: string): void {
      const runs = useRunsStore()
      runs.importing = runs.importing.filter((id) => id !== runId)
      this.jobs = without(this.jobs, runId)
    },

    /** Take over imports that other pages began, so that they can be stopped here too. */
    takeJobs(jobs: readonly Job[]): void {
      const runs = useRunsStore()
      for (const job of jobs) {
        const runId = job.counts?.run_id
        if (!runId || job.kind !== 'import' || runs.importing.includes(runId)) continue
        if (isOpen(job)) this.jobs[runId] = job.job_id
        else if (this.jobs[runId] === job.job_id) this.jobs = without(this.jobs, runId)
      }
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
  },
})

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== key))
}
