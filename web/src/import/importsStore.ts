import { defineStore } from 'pinia'
import { type ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { ImportOptions, ImporterName, Job, SourceSummary, UnrecognisedFile } from '@/api/types'
import { inTurns } from '@/kit/turns'
import { useSftStore } from '@/review/sft'
import { useRunImportsStore } from '@/runs/runImportsStore'
import { useRunsStore } from '@/runs/runsStore'
import { followJob, isOpen, jobError, startJob, stopJob } from './followJob'
import { forgetChoices, loadChoices, saveChoices } from './importChoices'
import {
  type Choices,
  emptySummary,
  type ImportSection,
  isOf,
  jobRequest,
  newSection,
  said,
  summaryOf,
} from './importSection'
import { useWaitingStore } from './waitingStore'

interface ImportsState {
  /** The subject of the page: an upload's id, or `run:` and the id of a run in the results folder. */
  key: string | null
  uploadId: string | null
  sections: ImportSection[]
  unrecognised: UnrecognisedFile[]
  importers: ImporterName[]
  loaded: boolean
  error: ApiError | null
  /** Whether the files are gone: imported and cleared away, or thrown away. */
  gone: boolean
}

export const REST_MS = 250
/** The server reads two at a time; more would wait there, out of sight. */
const AT_A_TIME = 2

/** Not part of the state: the previews under way, and how to stop them. */
const looks = new Map<string, AbortController>()
const resting = new Map<string, ReturnType<typeof setTimeout>>()
let lookInTurn = inTurns(AT_A_TIME)
let importInTurn = inTurns(AT_A_TIME)

/** An upload, or one run of the results folder, from its preview to its import. */
export const useImportsStore = defineStore('imports', {
  state: (): ImportsState => ({
    key: null,
    uploadId: null,
    sections: [],
    unrecognised: [],
    importers: [],
    loaded: false,
    error: null,
    gone: false,
  }),

  getters: {
    open: (state): ImportSection[] => state.sections.filter(({ phase }) => phase === 'look'),
    busy: (state): boolean =>
      state.sections.some(({ phase }) => phase === 'waiting' || phase === 'importing'),
    /** Runs that can be imported as they are, with no question open and no error. */
    ready(): ImportSection[] {
      return this.open.filter(({ preview, lookError }) => !preview?.needs && !lookError)
    },
    /** The number of cards that importing all of them would make; null until it is known. */
    wouldImport(): number | null {
      const counts = this.ready.map(({ preview }) => preview?.report?.imported)
      return counts.includes(undefined) ? null : counts.reduce<number>((sum, n) => sum + (n ?? 0), 0)
    },
  },

  actions: {
    async openUpload(uploadId: string): Promise<void> {
      if (this.key === uploadId && this.loaded && !this.error) return this.resume()
      this.begin(uploadId)
      this.uploadId = uploadId
      try {
        const params = { path: { upload_id: uploadId } }
        const [upload, jobs] = await Promise.all([
          ask(api.GET('/api/sft/uploads/{upload_id}', { params })),
          ask(api.GET('/api/sft/jobs')),
        ])
        if (this.key !== uploadId) return
        this.unrecognised = upload.unrecognised
        useWaitingStore().remember(uploadId, upload.runs.length + upload.unrecognised.length)
        this.fill(upload.runs, jobs)
      } catch (cause) {
        if (this.key === uploadId) await this.miss(asApiError(cause))
      }
    },

    async openRun(runId: string): Promise<void> {
      const key = `run:${runId}`
      if (this.key === key && this.loaded && !this.error && !this.gone) return this.resume()
      this.begin(key)
      try {
        const runs = await ask(api.GET('/api/sft/runs'))
        if (this.key !== key) return
        const run = runs.find((one) => one.run_id === runId && one.importable)
        if (run) this.fill([summaryOf(run)], [])
        else Object.assign(this, { loaded: true, gone: true })
      } catch (cause) {
        if (this.key === key) Object.assign(this, { loaded: true, error: asApiError(cause) })
      }
    },

    begin(key: string): void {
      this.stopLooking()
      lookInTurn = inTurns(AT_A_TIME)
      if (!this.busy) importInTurn = inTurns(AT_A_TIME)
      this.$patch({
        key,
        uploadId: null,
        sections: [],
        unrecognised: [],
        loaded: false,
        error: null,
        gone: false,
      })
      void this.loadImporters()
    },

    /** Preview again what was not previewed to its end, on returning to the page. */
    resume(): void {
      for (const { name, phase, preview, stale } of this.sections) {
        if (phase === 'look' && (stale || !preview) && !this.gone) void this.look(name)
      }
    },

    fill(summaries: readonly SourceSummary[], jobs: readonly Job[]): void {
      const choices = loadChoices(this.key ?? '')
      this.sections = summaries.map((summary) => newSection(summary, this.uploadId))
      for (const [name, { isUnknown, format }] of Object.entries(choices)) {
        if (isUnknown && !this.find(name)) this.addUnknown(name, format ?? 'generic')
      }
      for (const section of this.sections) {
        const { format = null, options = {} } = choices[section.name] ?? {}
        Object.assign(section, { format, options })
        const job = jobs.find((one) => one.kind === 'import' && isOf(one, section))
        if (job) void this.follow(section.name, job)
        else void this.look(section.name)
      }
      this.loaded = true
    },

    /** Take it that the files are not there; their imports may still be known from the jobs. */
    async miss(error: ApiError): Promise<void> {
      this.loaded = true
      if (error.status !== 404) {
        this.error = error
        return
      }
      this.gone = true
      useWaitingStore().forget(this.uploadId ?? '')
      const jobs = await ask(api.GET('/api/sft/jobs')).catch(() => [])
      const imports = jobs.filter((job) => job.kind === 'import' && job.upload_id === this.uploadId)
      const names = [...new Set(imports.map(({ name }) => name))]
      this.sections = names.map((name) => newSection(emptySummary(name), this.uploadId))
      for (const section of this.sections) {
        const job = imports.find(({ name }) => name === section.name)
        if (job) void this.follow(section.name, job)
      }
    },

    async loadImporters(): Promise<void> {
      if (!this.importers.length) {
        this.importers = await ask(api.GET('/api/sft/importers')).catch(() => [])
      }
    },

    find(name: string): ImportSection | undefined {
      return this.sections.find((section) => section.name === name)
    },

    /** Read a file that no importer knows as the format that the person names; it becomes a run of its own. */
    readAs({ name }: UnrecognisedFile, format: string): void {
      this.addUnknown(name, format)
      this.keep({ [name]: { format, options: {}, isUnknown: true } })
      void this.look(name)
    },

    addUnknown(name: string, format: string): void {
      const summary = { ...emptySummary(name), files: [name] }
      this.sections.push({ ...newSection(summary, this.uploadId), format })
      this.unrecognised = this.unrecognised.filter((file) => file.name !== name)
    },

    /** Set the person's options; the preview follows after a pause. */
    choose(name: string, options: ImportOptions): void {
      const section = this.find(name)
      if (!section) return
      section.options = said({ ...section.options, ...options })
      this.lookSoon(section)
    },

    /** Choose another format, which has other metrics, fields and columns. */
    chooseFormat(name: string, format: string | null): void {
      const section = this.find(name)
      if (!section) return
      Object.assign(section, { format, options: said({ model_name: section.options.model_name ?? null }) })
      this.lookSoon(section)
    },

    lookSoon(section: ImportSection): void {
      const { name } = section
      this.keep({})
      section.stale = true
      clearTimeout(resting.get(name))
      resting.set(
        name,
        setTimeout(() => void this.look(name), REST_MS),
      )
    },

    /** Preview a run: read its files as an import would, and write nothing. */
    async look(name: string): Promise<void> {
      const section = this.find(name)
      if (!section) return
      clearTimeout(resting.get(name))
      looks.get(name)?.abort()
      const mine = new AbortController()
      looks.set(name, mine)
      Object.assign(section, { stale: section.preview !== null, lookError: null })
      try {
        const { job, result } = await lookInTurn(() => look(section, mine.signal))
        if (result) Object.assign(section, { preview: result, stale: false })
        else section.lookError = jobError(job)
      } catch (cause) {
        if (!isAbort(cause)) section.lookError = asApiError(cause)
      } finally {
        if (looks.get(name) === mine) {
          looks.delete(name)
          section.looking = null
        }
      }
    },

    stopLooking(): void {
      for (const timer of resting.values()) clearTimeout(timer)
      for (const look of looks.values()) look.abort()
      resting.clear()
    },

    async importOne(name: string): Promise<void> {
      const section = this.find(name)
      if (!section || section.phase !== 'look') return
      clearTimeout(resting.get(name))
      looks.get(name)?.abort()
      Object.assign(section, { phase: 'waiting', stopped: null })
      await importInTurn(async () => {
        if (section.phase !== 'waiting') return
        try {
          await this.follow(name, await startJob(jobRequest(section, 'import')))
        } catch (cause) {
          Object.assign(section, { phase: 'look', job: null, stopped: asApiError(cause).message })
        }
      })
    },

    async importAll(): Promise<void> {
      await Promise.all(this.ready.map(({ name }) => this.importOne(name)))
    },

    /** Wait for the end of an import, which may have begun before the page was loaded. */
    async follow(name: string, started: Job): Promise<void> {
      const section = this.find(name)
      if (!section) return
      Object.assign(section, { phase: 'importing', job: started })
      const runs = useRunImportsStore()
      const tell = (job: Job): void => {
        section.job = job
        runs.claim(job)
      }
      const ended = await followJob(started.job_id, tell).catch(asApiError)
      if ('job' in ended && ended.result?.report) {
        const { result } = ended
        Object.assign(section, { phase: 'done', imported: result.report, preview: result, stopped: null })
        runs.settle(ended.result.report)
      } else {
        const stopped =
          'job' in ended ? (ended.result?.needs?.detail ?? jobError(ended.job).message) : ended.message
        Object.assign(section, { phase: 'look', stopped })
        if (section.job?.counts) runs.release(section.job.counts.run_id)
        if (!this.gone) void this.look(name)
      }
      section.job = null
      if (this.find(name) === section) await this.clearAway()
      void useRunsStore().load()
      void useSftStore().refreshStats()
    },

    /** Stop an import; what was imported by then stays. */
    async stop(name: string): Promise<void> {
      const section = this.find(name)
      if (section?.phase === 'waiting') section.phase = 'look'
      else if (section?.job && isOpen(section.job)) await stopJob(section.job.job_id)
    },

    async stopAll(): Promise<void> {
      await Promise.all(this.sections.map(({ name }) => this.stop(name)))
    },

    /** Let the desk delete the files once everything is imported. */
    async clearAway(): Promise<void> {
      const all = this.sections.every(({ phase }) => phase === 'done')
      if (all && this.uploadId && !this.unrecognised.length && !this.gone) await this.throwAway()
    },

    /** Throw the files away; what was imported from them stays. */
    async throwAway(): Promise<boolean> {
      const upload_id = this.uploadId
      if (!upload_id) return true
      this.stopLooking()
      try {
        const { response } = await api.DELETE('/api/sft/uploads/{upload_id}', {
          params: { path: { upload_id } },
        })
        if (!response.ok && response.status !== 404) return false
      } catch {
        return false
      }
      this.gone = true
      forgetChoices(upload_id)
      useWaitingStore().forget(upload_id)
      return true
    },

    keep(more: Record<string, Choices>): void {
      const key = this.key ?? ''
      const kept = { ...loadChoices(key), ...more }
      for (const { name, format, options } of this.sections) {
        if (format || Object.keys(options).length || kept[name])
          kept[name] = { ...kept[name], format, options }
      }
      saveChoices(key, kept)
    },
  },
})

async function look(section: ImportSection, signal: AbortSignal) {
  signal.throwIfAborted()
  const job = await startJob(jobRequest(section, 'preview'))
  try {
    return await followJob(job.job_id, (looking) => (section.looking = looking), signal)
  } catch (cause) {
    if (isAbort(cause)) void stopJob(job.job_id)
    throw cause
  }
}
