const one = new Intl.NumberFormat(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const NO_BREAK = '\u00a0'

/** A rate from 0 to 1 in hundredths, with one decimal: "62.6". */
export function hundredths(rate: number): string {
  return one.format(Math.abs(rate) < 0.0005 ? 0 : rate * 100)
}

/** A rate from 0 to 1: "62.6 %". */
export function percent(rate: number): string {
  return `${hundredths(rate)}${NO_BREAK}%`
}

/** A rate from 0 to 1 without decimals: "63 %"; one that is not zero never reads as 0 or 100. */
export function wholePercent(rate: number): string {
  if (rate > 0 && rate < 0.005) return `< 1${NO_BREAK}%`
  if (rate < 1 && rate > 0.995) return `> 99${NO_BREAK}%`
  return `${whole.format(rate * 100)}${NO_BREAK}%`
}

/** Both ends of a range of rates: "58.3 to 65.4", or "58 to 65" without decimals. */
export function range(low: number, high: number, decimals = true): string {
  const write = decimals ? hundredths : (rate: number) => whole.format(rate * 100)
  return `${write(low)} to ${write(high)}`
}

/** How many of a hundred: as few decimals as tell the numbers apart. */
export function ofHundred(rates: readonly number[]): string[] {
  const round = rates.map((rate) => whole.format(rate * 100))
  const told = new Set(round).size === new Set(rates).size
  return told ? round : rates.map(hundredths)
}

/** "about " before a number that is an estimate; nothing where its range is the number itself. */
export function about({ low, high }: { low: number | null; high: number | null }): string {
  return low !== null && low === high ? '' : 'about '
}

/** A difference of two rates, in points: "+3.8 points", "−1.0 points". */
export function points(difference: number): string {
  return `${signed(difference)} points`
}

export function signed(difference: number): string {
  const sign = difference > 0 ? '+' : difference < 0 ? '−' : ''
  return `${sign}${hundredths(Math.abs(difference))}`
}
