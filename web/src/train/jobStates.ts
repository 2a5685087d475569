import type { JobState } from '@/api/types'

type OfJob = Readonly<{ state: JobState }>

export const STATE_LABEL: Readonly<Record<JobState, string>> = {
  starting: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  done: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
  interrupted: 'Interrupted',
}

const OPEN: readonly JobState[] = ['starting', 'running', 'stopping']
const ENDED_EARLY: readonly JobState[] = ['stopped', 'failed', 'interrupted']

export function isOpen({ state }: OfJob): boolean {
  return OPEN.includes(state)
}

export function canResume({ state }: OfJob): boolean {
  return ENDED_EARLY.includes(state)
}

/** The last part of a path; a name without a path stays as it is. */
export function baseName(base: string): string {
  return base.startsWith('/') || base.includes('\\') ? (base.split(/[/\\]/).findLast(Boolean) ?? base) : base
}
