import type { RunInfo } from '@/api/types'

/** The runs that can have a report: imported, and not taken back. The newest come first, as the desk lists them. */
export function reportable(runs: readonly RunInfo[]): RunInfo[] {
  return runs.filter(({ state }) => state === 'imported' || state === 'changed' || state === 'interrupted')
}

/** The run to open without being asked for one: the newest of which cards are decided, else the newest. */
export function usualRun(runs: readonly RunInfo[]): string | null {
  const open = reportable(runs)
  const decided = open.find(({ imported, kept, remaining, hidden }) => imported + kept - hidden > remaining)
  return (decided ?? open[0])?.run_id ?? null
}
