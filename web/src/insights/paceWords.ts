import type { Insights } from '@/api/types'
import type { Cells } from '@/plot/saving'
import { allAre, count, duration, inDigits } from '@/words/text'
import { day, daysLater, start } from './days'

type Pace = Insights['pace']

/** A forecast that far ahead tells nothing any more. */
const FARTHEST_DAYS = 365

export interface PacePoint {
  at: number
  decided: number
}

/** How many cards were decided at the end of each day on which something changed, from the day before the first. */
export function pacePoints({ days }: Pace): PacePoint[] {
  let decided = 0
  const points = days.map((one) => {
    decided += one.decided
    return { at: daysLater(start(one.day), 1), decided }
  })
  const [first] = days
  return first ? [{ at: start(first.day), decided: 0 }, ...points] : []
}

export interface Forecast {
  /** Cards decided at the end of what is drawn. */
  likely: number
  low: number
  high: number
  until: number
  /** Whether all are read by then. */
  isWhole: boolean
}

/** The forecast for as many days as it takes, but no longer than the review went on already, or two weeks. */
export function forecast(pace: Pace, now: number): Forecast | null {
  const { per_day: daily, days_left: left, decided, cards, waiting } = pace
  if (!daily?.value || daily.low === null || daily.high === null || left?.value == null || !waiting)
    return null
  const [first] = pace.days
  const past = first ? (now - start(first.day)) / 86_400_000 : 0
  const span = Math.min(Math.ceil(left.value), Math.max(14, Math.round(past)))
  const after = (rate: number) => Math.min(cards, decided + rate * span)
  return {
    likely: after(daily.value),
    low: after(daily.low),
    high: after(daily.high),
    until: daysLater(now, span),
    isWhole: span >= left.value,
  }
}

export function paceFinding(pace: Pace, now: number): string {
  if (!pace.cards) return 'There is no card to read'
  if (!pace.waiting) return `${allAre(pace.cards, 'card')} decided`
  const { per_day: daily, days_left: left } = pace
  if (!daily?.value || left?.value == null)
    return pace.decided
      ? `${inDigits(pace.decided)} of ${count(pace.cards, 'card')} decided; three days of reading make a forecast`
      : 'Nothing is decided yet'
  const rate = count(Math.max(1, Math.round(daily.value)), 'card')
  if (left.value > FARTHEST_DAYS) return `At ${rate} a day, all are read in more than a year`
  return `At ${rate} a day, all are read by ${day(new Date(daysLater(now, left.value)).toISOString())}`
}

/** What the range of the forecast and the time for a card are. */
export function paceNote(pace: Pace, now: number): string {
  const { days_left: left, seconds_per_card: seconds, waiting } = pace
  const sentences = []
  if (left?.value != null && left.low !== null && left.value <= FARTHEST_DAYS) {
    const early = day(new Date(daysLater(now, left.low)).toISOString())
    const late =
      left.high === null || left.high > FARTHEST_DAYS
        ? 'later than in a year'
        : day(new Date(daysLater(now, left.high)).toISOString())
    sentences.push(`Between ${early} and ${late}, if the next days are like the last.`)
  }
  if (seconds !== null) {
    sentences.push(`${duration(seconds)} a card`)
    if (waiting) sentences[sentences.length - 1] += `: ${duration(seconds * waiting)} of reading are left`
    sentences[sentences.length - 1] += '.'
  }
  return sentences.join(' ')
}

export function paceCells(pace: Pace): Cells {
  let all = 0
  return [
    ['day (UTC)', 'read', 'decided', 'decided in all'],
    ...pace.days.map((one) => [one.day, one.read, one.decided, (all += one.decided)]),
  ]
}
