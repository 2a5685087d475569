import { findInvisibles, type Invisible } from './invisibles'

/** A marked range of a text, and the description of the mark. */
export interface TextMark {
  from: number
  to: number
  kind: 'near' | 'matched' | 'forbidden' | 'found' | 'current'
  says: string
  /** Its number in the legend. */
  number?: number
}

export interface Piece {
  text: string
  mark?: TextMark
  /** Whether the mark ends with this piece: its number is written only there. */
  ends?: boolean
  invisible?: Invisible
}

/** Of the `<mark>` around a piece, or around its last one. */
export function markAttributes(
  { kind, says, number }: TextMark,
  ends = false,
): Record<string, string | number> {
  const said = { 'data-mark': kind, 'data-says': `${says}: `, title: says }
  return ends && number !== undefined ? { ...said, 'data-number': number } : said
}

/** Search hits lie over the marks of the benchmark's patterns. */
export const ORDER: Readonly<Record<TextMark['kind'], number>> = {
  near: 0,
  matched: 1,
  forbidden: 2,
  found: 3,
  current: 4,
}

/** Cut the text wherever a mark or a shown character begins or ends; the pieces joined are the same text. */
export function cutText(text: string, marks: readonly TextMark[], showInvisibles: boolean): Piece[] {
  const invisibles = findInvisibles(text, showInvisibles)
  const cuts = new Set([0, text.length])
  for (const { from, to } of [...marks, ...invisibles]) {
    cuts.add(Math.min(from, text.length))
    cuts.add(Math.min(to, text.length))
  }
  const points = [...cuts].sort((a, b) => a - b)
  const shownAt = new Map(invisibles.map(({ from, shown }) => [from, shown]))
  const over = coverage(points, marks)
  const pieces: Piece[] = []
  points.slice(0, -1).forEach((from, i) => {
    const to = points[i + 1] ?? text.length
    const mark = over[i]
    const invisible = shownAt.get(from)
    pieces.push({
      text: text.slice(from, to),
      ...(mark && { mark, ends: to === mark.to }),
      ...(invisible && { invisible }),
    })
  })
  return pieces
}

function coverage(points: readonly number[], marks: readonly TextMark[]): (TextMark | undefined)[] {
  const at = new Map(points.map((point, index) => [point, index]))
  const over: (TextMark | undefined)[] = []
  for (const mark of [...marks].sort((a, b) => ORDER[a.kind] - ORDER[b.kind])) {
    const last = at.get(mark.to) ?? points.length - 1
    for (let i = at.get(mark.from) ?? last; i < last; i += 1) over[i] = mark
  }
  return over
}
