import type { ReportNumber, ReportRow } from '@/api/types'
import { hundredths, percent, range, signed } from '@/words/rates'
import { type ScoreMark, scoreMark } from './scoreMarks'

/** One line of the table beside the main plot. `behind`: which cards stand behind the number. */
export interface ScoreLine {
  name: string
  value: string
  low: string
  high: string
  says: string
  behind: 'passed' | 'reads' | 'right' | 'wrong' | null
  isMain?: boolean
}

const NONE = '–'

export function scoreLines(row: ReportRow): ScoreLine[] {
  const harness = row.harness_score?.value ?? null
  const like = row.like_these
  const mark = scoreMark(row)
  const lines: ScoreLine[] = [
    line('Harness says', { value: harness, low: null, high: null }, 'what its check accepted', 'passed'),
    ...corrected(mark),
  ]
  if (mark.kind === 'score' && harness !== null)
    lines.push({
      name: 'Difference',
      value: signed(mark.value - harness),
      low: signed(mark.low - harness),
      high: signed(mark.high - harness),
      says: 'points, of the same answers',
      behind: null,
    })
  lines.push(line('False fails', row.false_fails, 'of what failed: right all the same', 'right'))
  lines.push(line('False passes', row.false_passes, 'of what passed: wrong all the same', 'wrong'))
  lines.push(
    line('Check fails a right answer', row.check_errors.fails_right, 'of all right answers', 'right'),
  )
  lines.push(line('Check passes a wrong one', row.check_errors.passes_wrong, 'of all wrong answers', 'wrong'))
  if (row.lenient_score)
    lines.push(
      line(
        'Corrected, form forgiven',
        row.lenient_score,
        'broken only in style or format counts as right',
        'reads',
      ),
    )
  if (row.undecided_range) {
    lines.push(
      line(
        'Undecided all wrong',
        row.undecided_range.all_wrong,
        'if every undecided answer was wrong',
        'reads',
      ),
    )
    lines.push(
      line(
        'Undecided all right',
        row.undecided_range.all_right,
        'if every undecided answer was right',
        'reads',
      ),
    )
  }
  if (like?.harness_score)
    lines.push(
      line('Harness, questions like these', like.harness_score, 'had it asked others of this kind', null),
    )
  if (like?.corrected_score)
    lines.push(
      line('Corrected, questions like these', like.corrected_score, 'had it asked others of this kind', null),
    )
  return lines
}

function corrected(mark: ScoreMark): ScoreLine[] {
  const named = { behind: 'reads', isMain: true } as const
  switch (mark.kind) {
    case 'score':
      return [
        {
          ...line(
            'Corrected',
            mark,
            mark.low === mark.high ? 'all answers were read' : 'if all answers were read, 19 times of 20',
            'reads',
          ),
          ...named,
        },
      ]
    case 'at_most':
      return [
        {
          name: 'Corrected, at most',
          value: NONE,
          low: NONE,
          high: hundredths(mark.high),
          says: 'if every unread pass is right',
          ...named,
        },
      ]
    case 'at_least':
      return [
        {
          name: 'Corrected, at least',
          value: NONE,
          low: hundredths(mark.low),
          high: NONE,
          says: 'if every unread failure is wrong',
          ...named,
        },
      ]
    case 'limits':
      return [
        {
          name: 'Corrected, left possible',
          value: NONE,
          low: hundredths(mark.low),
          high: hundredths(mark.high),
          says: 'whatever the unread answers are',
          ...named,
        },
      ]
    default:
      return [{ name: 'Corrected', value: NONE, low: NONE, high: NONE, says: 'cannot be told', ...named }]
  }
}

function line(
  name: string,
  number: ReportNumber | null,
  says: string,
  behind: ScoreLine['behind'],
): ScoreLine {
  const write = (rate: number | null | undefined): string =>
    typeof rate === 'number' ? hundredths(rate) : NONE
  const value = typeof number?.value === 'number' ? percent(number.value) : NONE
  return { name, value, low: write(number?.low), high: write(number?.high), says, behind }
}

/** The corrected score of a row in few characters: "62.5 %", "≤ 64 %", "9 to 92 %", "cannot tell". */
export function scoreInShort(mark: ScoreMark): string {
  switch (mark.kind) {
    case 'score':
      return percent(mark.value)
    case 'at_most':
      return `≤ ${percent(mark.high)}`
    case 'at_least':
      return `≥ ${percent(mark.low)}`
    case 'limits':
      return 'cannot tell'
    default:
      return 'cannot tell'
  }
}

/** The range beside it, in words; empty where there is none. */
export function rangeInShort(mark: ScoreMark): string {
  if (mark.kind === 'score') return mark.low === mark.high ? 'all read' : range(mark.low, mark.high)
  if (mark.kind === 'limits') return `${range(mark.low, mark.high, false)} possible`
  return mark.kind === 'at_most' ? 'at most' : mark.kind === 'at_least' ? 'at least' : 'not read'
}
