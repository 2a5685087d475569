import { extent } from 'd3-array'
import { scaleLinear, type ScaleLinear } from 'd3-scale'

export type ValueScale = ScaleLinear<number, number>
type Pair = readonly [number, number]

/** The part of the values' own size that they span at least, so that equal values are no cliff. */
const LEAST_SPAN = 1 / 25

/** From `domain` to pixels: what a share or a count is drawn with, from zero on. */
export function linear(domain: Pair, pixels: Pair): ValueScale {
  return scaleLinear(domain, pixels)
}

/** From the round numbers around `values` to pixels; about `count` ticks fit it. */
export function around(values: readonly number[], pixels: Pair, count: number): ValueScale {
  const [low = 0, high = 1] = extent(values)
  const span = Math.max(Math.abs(low), Math.abs(high)) * LEAST_SPAN || 1
  const missing = Math.max(0, span - (high - low))
  const from = low >= 0 ? Math.max(0, low - missing / 2) : low - missing / 2
  return linear([from, Math.max(high, from + span)], pixels).nice(count)
}
