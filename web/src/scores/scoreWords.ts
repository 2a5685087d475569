import type { ReportRow } from '@/api/types'
import { hundredths, ofHundred, wholePercent } from '@/words/rates'
import { allAre, count, inDigits, someAre, WAS } from '@/words/text'
import { countOf, readsOf, rowName, type ScoreMark, scoreMark, scoredOf } from './scoreMarks'

/** A piece of a sentence; `strong` pieces are its numbers. */
export interface Piece {
  text: string
  strong?: boolean
}

/** Below this difference the harness and the readers agree, as far as anybody can tell. */
const SAME = 0.005
/** The fewest random reads of an outcome that make an estimate (docs/scores.md). */
const LEAST_READS = 10

const plain = (text: string): Piece => ({ text })
const strong = (text: string): Piece => ({ text, strong: true })

/** The page's answer in one sentence, which stands without any plot. */
export function answerOf(row: ReportRow): Piece[] {
  const harness = row.harness_score?.value
  if (typeof harness !== 'number')
    return [plain('No item of this run was scored, so there is no score to correct.')]
  const mark = scoreMark(row)
  switch (mark.kind) {
    case 'score':
      return [...scored(mark, harness), plain('.')]
    case 'at_most':
      return [
        plain('At most '),
        ...ofAll(
          mark.high,
          harness,
          ' answers are right; how far below is not known, because no pass was read at random. ',
        ),
      ]
    case 'at_least':
      return [
        plain('At least '),
        ...ofAll(
          mark.low,
          harness,
          ' answers are right; how far above is not known, because no failure was read at random. ',
        ),
      ]
    case 'limits': {
      const [low = '', high = '', counted = ''] = ofHundred([mark.low, mark.high, harness])
      const ends = [plain('How many answers are right cannot be told: the reads leave anything from ')]
      return [
        ...ends,
        strong(`${low} to ${high} of 100`),
        plain(' possible. The harness counted '),
        strong(counted),
        plain('.'),
      ]
    }
    default: {
      const [counted = ''] = ofHundred([harness])
      const why = readsOf(row)
        ? 'What was read does not tell how many answers are right'
        : 'How many answers are right cannot be told yet: nobody has read any'
      return [plain(`${why}. The harness counted `), strong(`${counted} of 100`), plain('.')]
    }
  }
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

function scored(mark: Extract<ScoreMark, { kind: 'score' }>, harness: number): Piece[] {
  if (mark.low === mark.high)
    return [
      strong(`${hundredths(mark.value)} of 100`),
      plain(' answers are right: every one was read. The harness counted '),
      strong(hundredths(harness)),
    ]
  const [value = '', counted = ''] = ofHundred([mark.value, harness])
  const [low = '', high = ''] = ofHundred([mark.low, mark.high])
  return [
    plain('About '),
    strong(`${value} of 100`),
    plain(` answers are right (between ${low} and ${high}). The harness counted `),
    strong(counted),
  ]
}

function ofAll(rate: number, harness: number, words: string): Piece[] {
  const [value = '', counted = ''] = ofHundred([rate, harness])
  return [strong(`${value} of 100`), plain(`${words}The harness counted `), strong(counted), plain('.')]
}

/** The title of the main plot: what it shows of the harness, and no more than the bar carries. */
export function finding(row: ReportRow): string {
  const harness = row.harness_score?.value
  const mark = scoreMark(row)
  if (typeof harness !== 'number') return 'No item was scored'
  switch (mark.kind) {
    case 'score':
      return compared(mark, harness)
    case 'at_most':
      return `At most ${wholePercent(mark.high)}. How far below is not known: no pass was read at random`
    case 'at_least':
      return `At least ${wholePercent(mark.low)}. How far above is not known: no failure was read at random`
    case 'limits':
      return `Cannot tell: ${whyNot(row)}`
    default:
      return readsOf(row)
        ? `Cannot tell: ${whyNot(row)}`
        : 'Nothing is read yet, so only the harness has a score'
  }
}

function compared({ value, low, high }: Extract<ScoreMark, { kind: 'score' }>, harness: number): string {
  const away = Math.abs(value - harness)
  const size = away >= 0.01 ? String(Math.round(away * 100)) : hundredths(away)
  const by = `${low === high ? size : `about ${size}`} ${size === '1' ? 'point' : 'points'}`
  if (harness < low) return `The harness counts ${by} too few`
  if (harness > high) return `The harness counts ${by} too many`
  if (low === high) return 'Every answer was read, and the harness counted right'
  if (away < SAME) return 'The harness may well be right: no difference can be told'
  return value > harness ? 'The harness may count too few' : 'The harness may count too many'
}

/** Why there is no estimate, as the end of a sentence. */
export function whyNot(row: ReportRow): string {
  if (!readsOf(row)) return 'nobody has read any of the answers'
  const bases = [row.basis['failed'], row.basis['passed']]
  if (bases.includes('other')) return 'cards were read in another way than at random'
  const few = (['failed', 'passed'] as const).filter((outcome) => {
    const reads = row.effective_reads[outcome] ?? 0
    return countOf(row.items, outcome) > 0 && row.basis[outcome] === 'sample' && reads < LEAST_READS
  })
  if (few.length) return `fewer than ten answers that ${few.join(' or ')} were read at random`
  return 'too little was read at random'
}

/** How much of the run was read, as a title. */
export function readWords(row: ReportRow): string {
  const [reads, items] = [readsOf(row), scoredOf(row)]
  if (!reads) return `None of ${count(items, 'answer')} was read`
  if (reads === items) return `${allAre(items, 'answer', WAS)} read`
  return `${someAre(reads, items, 'answer', WAS)} read`
}

export const BASIS_WORDS = {
  all: 'all read',
  sample: 'random sample',
  other: 'not at random',
  none: 'none read',
} as const

/** The title of the rows: "ahead" and "lowest" only where no other row's range reaches. */
export function rowsFinding(rows: readonly ReportRow[], group: string): string {
  const many = { task: 'tasks', model: 'models', task_model: 'pairs' }[group] ?? 'rows'
  const told = rows.flatMap((row) => {
    const mark = scoreMark(row)
    return mark.kind === 'score' ? [{ name: rowName(row, group), ...mark }] : []
  })
  if (!told.length)
    return rows.length > 1
      ? `Single ${many} are read too little to tell`
      : `One of the ${many}, and it cannot be told`
  if (rows.length === 1) return `Only ${told[0]?.name}`
  const best = told.reduce((one, other) => (other.value > one.value ? other : one))
  const worst = told.reduce((one, other) => (other.value < one.value ? other : one))
  const isAhead = told.length === rows.length && told.every((one) => one === best || one.high < best.low)
  const isBehind = told.length === rows.length && told.every((one) => one === worst || one.low > worst.high)
  if (isAhead) return `${best.name} is ahead`
  if (isBehind) return `${worst.name} has the lowest score`
  if (told.length < rows.length)
    return `${inDigits(told.length)} of ${inDigits(rows.length)} ${many} ${told.length === 1 ? 'is' : 'are'} read enough to tell`
  return worst.high < best.low
    ? `${best.name} is above ${worst.name}; the ${many} between cannot be told apart`
    : `The ${many} cannot be told apart`
}

/** The title of the check's errors. */
export function checkFinding({ check_errors: errors }: ReportRow): string {
  const { fails_right: strict, passes_wrong: lax } = errors
  if (strict?.value == null || lax?.value == null) return 'How often the check errs'
  if ((strict.low ?? 0) > (lax.high ?? 1)) return 'The check errs on the strict side'
  if ((lax.low ?? 0) > (strict.high ?? 1)) return 'The check errs on the lax side'
  return 'Which way the check errs is not sure'
}
