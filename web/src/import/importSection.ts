import type { ApiError } from '@/api/client'
import type {
  ImportOptions,
  ImportReport,
  Job,
  JobRequest,
  RunInfo,
  RunPreview,
  SourceSummary,
} from '@/api/types'

/** One run on the import page: what it is, the choices about it, and what importing it would do or did. */
export interface ImportSection {
  /** Its identifier: its key in the upload, or its id in the results folder. */
  name: string
  upload_id: string | null
  summary: SourceSummary
  /** The format that the person chose; null leaves it to the files. */
  format: string | null
  options: ImportOptions
  preview: RunPreview | null
  /** The preview under way; until it ends, the former result is shown. */
  looking: Job | null
  stale: boolean
  lookError: ApiError | null
  phase: 'look' | 'waiting' | 'importing' | 'done'
  job: Job | null
  imported: ImportReport | null
  /** Why an import ended early. */
  stopped: string | null
}

/** What is kept over a reload: the choices by run. */
export interface Choices {
  format: string | null
  options: ImportOptions
  /** Set if the file was not recognised and the person named its format. */
  isUnknown?: boolean
}

export function newSection(summary: SourceSummary, upload_id: string | null): ImportSection {
  return {
    name: summary.key,
    upload_id,
    summary,
    format: null,
    options: {},
    preview: null,
    looking: null,
    stale: false,
    lookError: null,
    phase: 'look',
    job: null,
    imported: null,
    stopped: null,
  }
}

export function jobRequest(section: ImportSection, kind: JobRequest['kind']): JobRequest {
  const { name, upload_id, format, options } = section
  const origin = upload_id === null ? { run_id: name } : { upload_id, name }
  return { kind, ...origin, format, ...options }
}

/** The number of items that failed by the harness's own count, new or not. */
export function failures(report: ImportReport): number {
  return report.totals.reduce((sum, { failed }) => sum + failed, 0)
}

export interface Outcome {
  name: 'failed' | 'passed' | 'errored' | 'unscored'
  number: number
}

export function outcomesOf(report: ImportReport): Outcome[] {
  const { passed, errored, unscored } = report
  return [
    { name: 'failed', number: failures(report) },
    { name: 'passed', number: passed },
    { name: 'errored', number: errored },
    { name: 'unscored', number: unscored },
  ]
}

/** The numbers of a section, predicted or final. */
export function reportOf(section: ImportSection): ImportReport | null {
  return section.imported ?? section.preview?.report ?? null
}

/** The options without those that are left to the files. */
export function said(options: ImportOptions): ImportOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== null && value !== undefined && value !== ''),
  )
}

/** A summary of a run in the results folder before its files are read. */
export function summaryOf(run: RunInfo): SourceSummary {
  const files = run.files.map(({ name }) => name)
  const format = run.harness ?? ''
  return { name: run.run_id, key: run.run_id, format, title: format, files, bytes: run.bytes_total }
}

/** A summary of a run whose files are gone, so that only its name is known. */
export function emptySummary(name: string): SourceSummary {
  return { name, key: name, format: '', title: '', files: [], bytes: 0 }
}

export function isOf(job: Job, { name, upload_id }: ImportSection): boolean {
  return job.upload_id === upload_id && job.name === name
}
