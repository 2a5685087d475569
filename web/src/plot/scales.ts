import { extent } from 'd3-array'
import { scaleLinear, type ScaleLinear } from 'd3-scale'

export type ValueScale = ScaleLinear<number, number>
type Pair = readonly [number, number]

/** The least span of a scale, as a part of the values' size, so that nearly equal values do not look like a cliff. */
const LEAST_SPAN = 1 / 25

/** A scale from `domain` to pixels, for shares and counts, which start at zero. */
export function linear(domain: Pair, pixels: Pair): ValueScale {
  return scaleLinear(domain, pixels)
}

/** A scale from the round numbers around `values` to pixels, with about `count` ticks. */
export function around(values: readonly number[], pixels: Pair, count: number): ValueScale {
  const [low = 0, high = 1] = extent(values)
  const span = Math.max(Math.abs(low), Math.abs(high)) * LEAST_SPAN || 1
  const missing = Math.max(0, span - (high - low))
  const from = low >= 0 ? Math.max(0, low - missing / 2) : low - missing / 2
  return linear([from, Math.max(high, from + span)], pixels).nice(count)
}
