import type { ReportRow } from '@/api/types'

/**
 * What a row says of the corrected score, as it is drawn: a dot on a bar; a bar that fades out and ends in a wall;
 * what the reads leave possible; or nothing.
 */
export type ScoreMark =
  | { kind: 'score'; value: number; low: number; high: number }
  | { kind: 'at_most'; high: number }
  | { kind: 'at_least'; low: number }
  | { kind: 'limits'; low: number; high: number }
  | { kind: 'unknown' }

/** The outcomes that a report counts reads of. */
export type ReadOutcome = 'failed' | 'passed'
export const READ_OUTCOMES: readonly ReadOutcome[] = ['failed', 'passed']

export function scoreMark(row: ReportRow): ScoreMark {
  const { corrected_score: score, at_most: most, at_least: least, known_limits: known } = row
  if (score && score.value !== null && score.low !== null && score.high !== null)
    return { kind: 'score', value: score.value, low: score.low, high: score.high }
  // a bound that leaves everything possible says nothing
  if (most && most.high !== null && most.high < 1) return { kind: 'at_most', high: most.high }
  if (least && least.low !== null && least.low > 0) return { kind: 'at_least', low: least.low }
  if (known && known.low !== null && known.high !== null)
    return { kind: 'limits', low: known.low, high: known.high }
  return { kind: 'unknown' }
}

/** The values that a drawing of the row must have room for. */
export function valuesOf(row: ReportRow): number[] {
  const mark = scoreMark(row)
  const like = [row.like_these?.harness_score, row.like_these?.corrected_score]
  const numbers = [row.harness_score?.value, ...like.flatMap((one) => [one?.low, one?.high])]
  const drawn = Object.values(mark).filter((value) => typeof value === 'number')
  const borrowed = mark.kind === 'score' ? [] : [row.borrowed?.score?.low, row.borrowed?.score?.high]
  return [...drawn, ...numbers, ...borrowed].filter((value) => typeof value === 'number')
}

export function countOf(counts: Readonly<Record<string, number>>, outcome: string): number {
  return counts[outcome] ?? 0
}

export function readsOf(row: ReportRow): number {
  return countOf(row.read, 'failed') + countOf(row.read, 'passed')
}

/** The items that are right or wrong by the harness: neither errored nor unscored. */
export function scoredOf(row: ReportRow): number {
  return countOf(row.items, 'failed') + countOf(row.items, 'passed')
}

/** The reads that said the answer is wrong. */
export function wrongOf(row: ReportRow, outcome: ReadOutcome): number {
  const aside = countOf(row.set_aside, outcome) + countOf(row.undecided, outcome)
  return countOf(row.read, outcome) - countOf(row.right, outcome) - aside
}

export function rowName(row: ReportRow, group: string): string {
  const task = row.task || 'no task'
  const model = row.model_name || 'no model'
  if (group === 'task') return task
  if (group === 'model') return model
  return group === 'task_model' ? `${model}, ${task}` : 'all items'
}
