/** The local day of a moment, as a date field has it: 2026-11-30; an empty text without one. */
export function dayOf(moment: string | null): string {
  const date = moment ? new Date(moment) : null
  if (!date || Number.isNaN(date.getTime())) return ''
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${date.getFullYear()}-${month}-${day}`
}

/** The last day before a moment. */
export function dayBefore(moment: string | null): string {
  const time = moment ? Date.parse(moment) : NaN
  return Number.isNaN(time) ? '' : dayOf(new Date(time - 1).toISOString())
}

/** The beginning of a local day, or of the day `later` days after it; null for an empty field. */
export function beginOf(day: string, later = 0): string | null {
  const [year, month, date] = day.split('-').map(Number)
  if (!year || !month || !date) return null
  return new Date(year, month - 1, date + later).toISOString()
}

/** The filter in words: "2026-11-01 to 2026-11-30"; null if there is none. */
export function daysWords(since: string | null, until: string | null): string | null {
  const [from, to] = [dayOf(since), dayBefore(until)]
  if (from === to) return from || null
  if (!to) return `from ${from}`
  return from ? `${from} to ${to}` : `up to ${to}`
}
