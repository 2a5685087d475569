import { sum } from 'd3-array'
import type { Insights } from '@/api/types'
import type { Cells } from '@/plot/saving'
import { count, inDigits } from '@/words/text'

export type Bin = Insights['scores'][number]

export const PARTS = [
  { name: 'right', label: 'read: right, a false fail' },
  { name: 'wrong', label: 'read: wrong' },
  { name: 'aside', label: 'read: set aside or undecided' },
  { name: 'unopened', label: 'decided, but not opened' },
  { name: 'waiting', label: 'not read' },
] as const
export type PartName = (typeof PARTS)[number]['name']

export function binLabel({ low, high }: Bin): string {
  return low === null || high === null ? 'no score' : `${low.toFixed(1)}–${high.toFixed(1)}`
}

export function binCards(bin: Bin): number {
  return sum(PARTS, ({ name }) => bin[name])
}

/** The filter by score of the bin's cards. The last bin holds the full score too. */
export function binScores({ low, high }: Bin): Record<string, string> {
  if (low === null || high === null) return { score: 'none' }
  return { min_score: String(low), ...(high < 1 && { below: String(high) }) }
}

/** The title: which scores the false fails have, as far as they were read. */
export function scoresFinding(bins: readonly Bin[]): string {
  const scored = bins.filter(({ low }) => low !== null)
  const right = sum(scored, (bin) => bin.right)
  const read = right + sum(scored, (bin) => bin.wrong)
  if (!sum(bins, binCards)) return 'There is no failure here'
  if (!sum(scored, binCards)) return 'The harness gave these failures no score'
  if (!read) return 'No failure with a score was read yet'
  if (!right) return `None of ${count(read, 'failure that was', 'failures that were')} read was right`
  const high = sum(
    scored.filter(({ low }) => (low ?? 0) >= 0.5),
    (bin) => bin.right,
  )
  return `${inDigits(right)} of ${count(read, 'failure that was', 'failures that were')} read ${right === 1 ? 'was' : 'were'} right; ${inDigits(high)} of them scored 0.5 or more`
}

export function scoreCells(bins: readonly Bin[]): Cells {
  return [
    ['from', 'below', 'not read', 'not opened', 'wrong', 'right (false fails)', 'set aside or undecided'],
    ...bins.map((bin) => [bin.low, bin.high, bin.waiting, bin.unopened, bin.wrong, bin.right, bin.aside]),
  ]
}
