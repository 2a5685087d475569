import type { LocationQuery } from 'vue-router'

/** A filter by the harness's score, as the address has it. */
export interface ScoreFilter {
  /** From 0 to 1, both ends included. */
  min_score: number | null
  max_score: number | null
  /** Only scores below this one, in place of `max_score`: "low" is below 0.4. */
  below: number | null
  /** Only cards without a score. */
  score: 'none' | null
}

export const ANY_SCORE: ScoreFilter = { min_score: null, max_score: null, below: null, score: null }

/** The next lower number: the API includes the end of a range. */
const JUST_UNDER = 1 - 2 ** -53

export function readScores(query: LocationQuery): ScoreFilter {
  if (query['score'] === 'none') return { ...ANY_SCORE, score: 'none' }
  const below = number(query['below'])
  const max_score = below === null ? number(query['max_score']) : null
  return { min_score: number(query['min_score']), max_score, below, score: null }
}

/** The filter in the form of the API, which knows no `below`. */
export function scoreQuery({ below, max_score, min_score, score }: ScoreFilter): ScoreFilter {
  return { min_score, max_score: below === null ? max_score : below * JUST_UNDER, below: null, score }
}

/** The filter in words: "0.25 to 0.7", "below 0.4"; null if there is none. */
export function scoreWords({ below, min_score: min, max_score: max, score }: ScoreFilter): string | null {
  if (score !== null) return 'none'
  if (below !== null) return min === null ? `below ${below}` : `${min} to below ${below}`
  if (min === null && max === null) return null
  if (max === null) return `from ${min}`
  return min === null ? `up to ${max}` : `${min} to ${max}`
}

function number(value: LocationQuery[string] | undefined): number | null {
  const written = Array.isArray(value) ? value[0] : value
  const read = Number(written)
  return written && read >= 0 && read <= 1 ? read : null
}
