import { pairs } from 'd3-array'
import type { ValueScale } from './scales'

/** A label on an axis: where it stands in pixels, and which part of it stands there. */
export interface Tick {
  at: number
  text: string
  anchor?: 'start' | 'middle' | 'end'
}

/** Of the labels on a plot, in pixels. */
export const FONT_SIZE = 12
const LETTER = 7
const GAP = 8
const LEAST_APART = 64

/** How wide a label is at most. Estimated, since a plot is drawn before anything can be measured. */
export function textWidth(text: string): number {
  return text.length * LETTER
}

/** How many labels of this width an axis has room for, two at least. */
export function fitting(pixels: number, label: number): number {
  return Math.max(2, Math.floor(pixels / Math.max(LEAST_APART, label + 3 * GAP)))
}

/** The round values of a scale, each with as many decimals as tell neighbours apart. */
export function valueTicks(scale: ValueScale, count: number): Tick[] {
  const values = scale.ticks(count)
  const step = Math.abs((values[1] ?? 1) - (values[0] ?? 0))
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const format = new Intl.NumberFormat(undefined, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return values.map((value) => ({ at: scale(value), text: format.format(value) }))
}

/** Every label, else every second, third …: the most that do not run into each other. */
export function thinned(ticks: readonly Tick[]): Tick[] {
  for (let every = 1; every < ticks.length; every += 1) {
    const kept = ticks.filter((_, index) => index % every === 0)
    if (pairs(kept).every(([one, next]) => !collide(one, next))) return kept
  }
  return ticks.slice(0, 1)
}

/** The labels between the two ends of an axis, and both ends, which are worth more than their neighbours. */
export function withEnds(ticks: readonly Tick[], first: Tick, last: Tick): Tick[] {
  const inner = ticks.filter((tick) => !collide(first, tick) && !collide(tick, last))
  return [first, ...inner, last]
}

function collide(one: Tick, next: Tick): boolean {
  return edges(one)[1] + GAP > edges(next)[0]
}

function edges({ at, text, anchor = 'middle' }: Tick): [number, number] {
  const width = textWidth(text)
  const left = { start: at, middle: at - width / 2, end: at - width }[anchor]
  return [left, left + width]
}
