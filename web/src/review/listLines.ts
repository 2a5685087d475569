import type { ReasonGroup, SftQueueItem } from '@/api/types'

/** The heading of a group of cards with one reason, above its rows. */
export interface GroupLine {
  group: ReasonGroup
  /** Those at hand. */
  ids: readonly string[]
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
  for (let from = 0, to = 0; from < cards.length; from = to) {
    const shape = items[from]?.reason_shape ?? null
    to = cards.findIndex(({ item }, at) => at > from && item.reason_shape !== shape)
    if (to < 0) to = cards.length
    const isWhole = isEnd || to < cards.length
    lines.push(headingOf(shape, items.slice(from, to), isWhole, reasons), ...cards.slice(from, to))
  }
  return lines
}

function headingOf(
  shape: string | null,
  items: readonly SftQueueItem[],
  isWhole: boolean,
  reasons: ReadonlyMap<string | null, ReasonGroup>,
): GroupLine {
  const group = reasons.get(shape) ?? { shape, text: null, waiting: items.length }
  const waiting = isWhole ? items.length : Math.max(items.length, group.waiting)
  return { group, ids: items.map(({ id }) => id), isWhole, waiting }
}

export interface ReasonPiece {
  text: string
  isPattern: boolean
}

/** The words of a reason's shape, with its patterns apart: `missing: "^a$"` as "Missing:" and "^a$". */
export function reasonPieces({ shape, text }: ReasonGroup): ReasonPiece[] {
  if (text === null) return [{ text: shape ? 'Another reason' : 'No reason given', isPattern: false }]
  const words = text.charAt(0).toUpperCase() + text.slice(1)
  return words
    .split(/"(.+?)"(?=[,;]|$)/)
    .map((part, at) => ({ text: at % 2 ? part : part.replace(/^, /, ' '), isPattern: at % 2 === 1 }))
    .filter((piece) => piece.text.trim())
}
