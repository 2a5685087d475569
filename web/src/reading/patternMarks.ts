import type { components } from '@/api/schema'
import type { PatternReport } from './failureReason'
import type { TextMark } from './textPieces'

type Schemas = components['schemas']

/** A response and the patterns to look for in it. The server runs them in a process that can be stopped. */
export type PatternQuestion = Schemas['PatternQuestion']
/** A pattern of the failure reason that was found in the response, and how it was found. */
export type MarkedPattern = Schemas['FoundPattern']

export interface PatternMarks {
  marks: TextMark[]
  legend: MarkedPattern[]
  /** Patterns that took too long, and those after them that were therefore not looked for. */
  givenUp: string[]
}

export const NO_MARKS: PatternMarks = { marks: [], legend: [], givenUp: [] }

/** The limits of the server. */
const LONGEST_TEXT = 20_000
const LONGEST_PATTERN = 400
export const MOST_PATTERNS = 50

/** The question for the server; null if there is nothing to look for. */
export function questionOf(response: string, report: PatternReport | null): PatternQuestion | null {
  if (!report || !response || response.length > LONGEST_TEXT) return null
  const [missing, forbidden] = [report.missing, report.forbidden].map((patterns) =>
    patterns.slice(0, MOST_PATTERNS).filter(({ length }) => length <= LONGEST_PATTERN),
  ) as [string[], string[]]
  return missing.length + forbidden.length ? { response, missing, forbidden } : null
}

export function marksOf({ marks, legend, given_up }: Schemas['PatternMarks']): PatternMarks {
  return {
    marks: marks.map(({ start, end, kind, number }) => ({
      from: start,
      to: end,
      kind,
      number,
      says: kind === 'forbidden' ? `Forbidden, ${number}` : `Nearly a missing pattern, ${number}`,
    })),
    legend,
    givenUp: given_up,
  }
}
