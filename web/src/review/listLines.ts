import type { ReasonGroup, SftQueueItem } from '@/api/types'

/** The heading of a group of cards with one reason, above its rows. */
export interface GroupLine {
  group: ReasonGroup
  /** Those at hand. */
  ids: readonly string[]
  /** Whether these are several groups of one card each, which stand under one heading. */
  isMixed: boolean
  /** Whether all of the group are at hand. */
  isWhole: boolean
  waiting: number
}

/** A row of the list: a card, which is the queue's n-th, or a heading. */
export type ListLine = { item: SftQueueItem; at: number } | GroupLine

/** The rows of the list. In the order by reason, a heading stands above each group. */
export function listLines(
  items: readonly SftQueueItem[],
  reasons: ReadonlyMap<string | null, ReasonGroup>,
  isEnd: boolean,
): ListLine[] {
  const cards = items.map((item, at) => ({ item, at }))
  if (!reasons.size) return cards
  const lines: ListLine[] = []
  for (let from = 0, to = 0; from < items.length; from = to) {
    const alone = singlesFrom(items, from)
    to = alone > from + 1 ? alone : endOfGroup(items, from)
    const isWhole = isEnd || to < items.length
    const heading = headingOf(items[from]?.reason_shape ?? null, items.slice(from, to), isWhole, reasons)
    lines.push({ ...heading, isMixed: alone > from + 1 }, ...cards.slice(from, to))
  }
  return lines
}

function endOfGroup(items: readonly SftQueueItem[], from: number): number {
  let end = from + 1
  while (end < items.length && items[end]?.reason_shape === items[from]?.reason_shape) end += 1
  return end
}

/** Where the groups of one card each end that begin here. */
function singlesFrom(items: readonly SftQueueItem[], from: number): number {
  let end = from
  while (end < items.length && endOfGroup(items, end) === end + 1) end += 1
  return end
}

function headingOf(
  shape: string | null,
  items: readonly SftQueueItem[],
  isWhole: boolean,
  reasons: ReadonlyMap<string | null, ReasonGroup>,
): Omit<GroupLine, 'isMixed'> {
  const group = reasons.get(shape) ?? { shape, text: null, waiting: items.length }
  const waiting = isWhole ? items.length : Math.max(items.length, group.waiting)
  return { group, ids: items.map(({ id }) => id), isWhole, waiting }
}

export interface ReasonPiece {
  text: string
  isPattern: boolean
}

const MIXED: readonly ReasonPiece[] = [{ text: 'Each in its own way', isPattern: false }]

/** The words of a reason's shape, with its patterns apart: `missing: "^a$"` as "Missing:" and "^a$". */
export function reasonPieces({ isMixed, group: { shape, text } }: GroupLine): readonly ReasonPiece[] {
  if (isMixed) return MIXED
  if (text === null) return [{ text: shape ? 'Another reason' : 'No reason given', isPattern: false }]
  const words = text.charAt(0).toUpperCase() + text.slice(1)
  return words
    .split(/"(.+?)"(?=[,;]|$)/)
    .map((part, at) => ({ text: at % 2 ? part : part.replace(/^, /, ' '), isPattern: at % 2 === 1 }))
    .filter((piece) => piece.text.trim())
}
