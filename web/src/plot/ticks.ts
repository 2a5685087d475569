import { pairs } from 'd3-array'
import type { ValueScale } from './scales'

/** A label on an axis: its place in pixels, and which part of the label stands there. */
export interface Tick {
  at: number
  text: string
  anchor?: 'start' | 'middle' | 'end'
}

/** The size of the labels on a plot, in pixels. */
export const FONT_SIZE = 12
const LETTER = 7
const GAP = 8
const LEAST_APART = 64

/** An upper estimate of a label's width in pixels: a plot is drawn before anything can be measured. */
export function textWidth(text: string): number {
  return text.length * LETTER
}

/** The number of labels of this width that fit on an axis, at least two. */
export function fitting(pixels: number, label: number): number {
  return Math.max(2, Math.floor(pixels / Math.max(LEAST_APART, label + 3 * GAP)))
}

/** A scale's round values, with just enough decimals to tell neighbours apart. */
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

/** Every label, or every second, third …: as many as fit without touching. */
export function thinned(ticks: readonly Tick[]): Tick[] {
  for (let every = 1; every < ticks.length; every += 1) {
    const kept = ticks.filter((_, index) => index % every === 0)
    if (pairs(kept).every(([one, next]) => !collide(one, next))) return kept
  }
  return ticks.slice(0, 1)
}

/**
 * Both end labels of an axis and those between that do not touch them: the ends matter more than their neighbours.
 */
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
