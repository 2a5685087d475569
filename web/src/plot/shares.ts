import { sum } from 'd3-array'

/** A part of a bar, in pixels. */
export interface Stretch {
  from: number
  to: number
}

/**
 * The parts of one bar side by side, `gap` pixels apart, each as long as its share of `length`.
 * A part above zero is at least `least` pixels long; a zero has neither length nor gap.
 */
export function shares(values: readonly number[], length: number, gap: number, least: number): Stretch[] {
  const parts = values.map((value, index) => ({ value, index })).filter(({ value }) => value > 0)
  let room = length - gap * Math.max(0, parts.length - 1)
  let rest = sum(parts, ({ value }) => value)
  const lengths = values.map(() => 0)
  // The smallest first: the pixels it gets beyond its share come off the others.
  for (const [place, { value, index }] of parts.sort((a, b) => a.value - b.value).entries()) {
    const long = Math.max(Math.min(least, room / (parts.length - place)), (room * value) / rest)
    lengths[index] = long
    room -= long
    rest -= value
  }
  let from = 0
  return lengths.map((long) => {
    const stretch = { from, to: from + long }
    if (long) from = stretch.to + gap
    return stretch
  })
}
