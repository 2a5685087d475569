import type { RouteLocationRaw } from 'vue-router'
import type { ReportRow } from '@/api/types'
import type { ReadOutcome } from './scoreMarks'

/** What somebody who opened a card said of its answer: `told` for right or wrong, `any` for whatever they said. */
export type Said = 'right' | 'wrong' | 'set_aside' | 'undecided' | 'told' | 'any'

export interface Behind {
  outcome?: ReadOutcome
  reading?: Said
  failure_category?: string
  check_fault?: string
}

/** The read cards behind a number, on the Decided page. A row without a task or a model has no filter for it. */
export function decidedLink(runId: string, row: ReportRow | null, behind: Behind = {}): RouteLocationRaw {
  const query = { run_id: runId, ...scope(row), reading: 'any', ...behind }
  return { path: '/decided', query: set(query) }
}

/** The cards that wait, on the Review page. */
export function reviewLink(runId: string, row: ReportRow | null, outcome?: ReadOutcome): RouteLocationRaw {
  const query = { run_id: runId, ...scope(row), outcome: outcome === 'failed' ? undefined : outcome }
  return { path: '/', query: set(query) }
}

export function sampleLink(name: string): RouteLocationRaw {
  return { path: '/', query: { sample: name } }
}

function scope(row: ReportRow | null): Record<string, string | null | undefined> {
  return { task_type: row?.task, model_name: row?.model_name }
}

function set(query: Record<string, string | null | undefined>): Record<string, string> {
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return Object.fromEntries(given)
}
