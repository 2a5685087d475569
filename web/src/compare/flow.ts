import type { Box } from '@/plot/box'
import type { Kind } from './compareWords'

export interface Ribbon {
  kind: Kind
  items: number
  /** Its edges at the left and at the right, in pixels from the top. */
  from: readonly [number, number]
  to: readonly [number, number]
}

/** The right or the wrong answers of one side. */
export interface Node {
  isRight: boolean
  items: number
  top: number
  bottom: number
}

export interface Flow {
  ribbons: Ribbon[]
  before: Node[]
  after: Node[]
}

export type Counts = Readonly<Record<Kind, number>>

/** So that a single item can be seen among thousands. */
const LEAST = 2.5

const LEFT: readonly Kind[] = ['still_right', 'broken', 'fixed', 'still_wrong']
const RIGHT: readonly Kind[] = ['still_right', 'fixed', 'broken', 'still_wrong']
const RIGHT_BEFORE: readonly Kind[] = ['still_right', 'broken']
const RIGHT_AFTER: readonly Kind[] = ['still_right', 'fixed']

/** Items as ribbons from what they were, right above wrong with a gap between, to what they became. */
export function flowOf(counts: Counts, { top, bottom }: Pick<Box, 'top' | 'bottom'>, gap: number): Flow {
  const kinds = LEFT.filter((kind) => counts[kind] > 0)
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0)
  const room = bottom - top - gap - LEAST * kinds.length
  const height = (kind: Kind): number => (counts[kind] ? LEAST + (room * counts[kind]) / total : 0)
  const left = stacked(LEFT, height, top, gap)
  const right = stacked(RIGHT, height, top, gap)
  return {
    ribbons: kinds.map((kind) => ({ kind, items: counts[kind], from: left[kind], to: right[kind] })),
    before: nodes(LEFT, RIGHT_BEFORE, counts, left),
    after: nodes(RIGHT, RIGHT_AFTER, counts, right),
  }
}

type Places = Record<Kind, readonly [number, number]>

function stacked(order: readonly Kind[], height: (kind: Kind) => number, top: number, gap: number): Places {
  const places: Partial<Places> = {}
  let at = top
  for (const [index, kind] of order.entries()) {
    if (index === RIGHT_BEFORE.length) at += gap
    places[kind] = [at, at + height(kind)]
    at += height(kind)
  }
  return places as Places
}

function nodes(order: readonly Kind[], right: readonly Kind[], counts: Counts, places: Places): Node[] {
  const wrong = order.filter((kind) => !right.includes(kind))
  return [right, wrong].map((kinds, index) => ({
    isRight: index === 0,
    items: kinds.reduce((sum, kind) => sum + counts[kind], 0),
    top: places[kinds[0] as Kind][0],
    bottom: places[kinds.at(-1) as Kind][1],
  }))
}

/** The outline of a ribbon from `left` to `right`. */
export function outline({ from, to }: Ribbon, left: number, right: number): string {
  const middle = (left + right) / 2
  const curve = (start: number, x: number, end: number): string =>
    `C${middle},${start} ${middle},${end} ${x},${end}`
  return `M${left},${from[0]}${curve(from[0], right, to[0])}L${right},${to[1]}${curve(to[1], left, from[1])}Z`
}

/** The height of a ribbon's middle at a part of its way: it is a smooth step. */
export function middleAt({ from, to }: Ribbon, part: number): number {
  const start = (from[0] + from[1]) / 2
  const end = (to[0] + to[1]) / 2
  return start + (end - start) * part * part * (3 - 2 * part)
}
