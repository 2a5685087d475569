const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const DAY_MS = 86_400_000

/** A day as an axis has it: "22 Nov". A time that is none is shown as it is. */
export function day(iso: string): string {
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? iso : short.format(date)
}

/** The start of a day (UTC) of the form 2026-11-22, in milliseconds. */
export function start(name: string): number {
  return Date.parse(`${name}T00:00:00Z`)
}

export function daysLater(from: number, days: number): number {
  return from + days * DAY_MS
}
