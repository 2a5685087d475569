import type { QueuePage, SftQueueItem } from '@/api/types'

/** The cards at hand, which of them is on screen, and how many there are to review. */
export class Queue {
  /** In queue order: skipped ones before `position`, prefetched ones after it. */
  items: SftQueueItem[] = []
  position = 0
  /** Cards to review under the filters, as the server last said and as decided since. */
  total = 0
  /** Decided since these filters were opened: the position counts on from them. */
  decidedHere = 0
  /** The last card that the server listed: the next page begins after it. */
  cursor: string | null = null
  /** No card stands behind those at hand. */
  exhausted = false

  get current(): SftQueueItem | null {
    return this.items[this.position] ?? null
  }

  /** How many cards are at hand from the one on screen on. */
  get ahead(): number {
    return this.items.length - this.position
  }

  find(id: string): SftQueueItem | undefined {
    return this.items.find((item) => item.id === id)
  }

  /** The next page, without the cards that have left. `counted`: its total can be trusted. */
  add(page: QueuePage, left: ReadonlySet<string>, counted: boolean): void {
    const { total } = this
    const known = new Set([...left, ...this.items.map(({ id }) => id)])
    this.items.push(...page.items.filter(({ id }) => !known.has(id)))
    takeEnd(this, page)
    if (!counted) this.total = total
    this.wrapAround()
  }

  /** Another reading from the queue's head takes the place of what is at hand. */
  replace(page: QueuePage, left: ReadonlySet<string>): void {
    Object.assign(this, inOrder(page, left, this.items, this.position))
    takeEnd(this, page)
    this.total -= page.items.filter(({ id }) => left.has(id)).length
    this.wrapAround()
  }

  /** A card that was undone, or whose decision was refused, is the current one again. */
  putBack(item: SftQueueItem): void {
    this.items = this.items.filter(({ id }) => id !== item.id)
    this.position = Math.min(this.position, this.items.length)
    this.insert(item)
    this.total += 1
    this.uncount(1)
  }

  /** On screen, without being counted: the total has it already. */
  insert(item: SftQueueItem): void {
    this.items.splice(this.position, 0, item)
  }

  /** Decisions of this place that do not stand any more. */
  uncount(cards: number): void {
    this.decidedHere = Math.max(0, this.decidedHere - cards)
  }

  /** False when it is not at hand. */
  show(id: string): boolean {
    const index = this.items.findIndex((item) => item.id === id)
    if (index >= 0) this.position = index
    return index >= 0
  }

  /** `uncounted`: the total was read without it. */
  remove(id: string, uncounted = false): void {
    const index = this.items.findIndex((item) => item.id === id)
    if (index < 0) return
    this.items.splice(index, 1)
    if (index < this.position) this.position -= 1
    if (!uncounted) this.total = Math.max(0, this.total - 1)
    this.wrapAround()
  }

  /** Past the last card at hand nothing is on screen until more are read, or the skipped ones come round again. */
  skip(): void {
    this.position += 1
  }

  /** False on the first card. */
  back(): boolean {
    if (this.position === 0) return false
    this.position -= 1
    return true
  }

  /** Past the last card the skipped ones come round again. */
  wrapAround(): void {
    if (this.exhausted && this.position >= this.items.length) this.position = 0
  }
}

function takeEnd(queue: Queue, page: QueuePage): void {
  queue.cursor = page.items.at(-1)?.id ?? queue.cursor
  queue.exhausted = page.items.length < page.per_page
  queue.total = page.total
}

/**
 * The cards of a new answer in its order, without those that left while it was asked for. The card on screen stays
 * where it was, listed or not: whoever is reading it decides what becomes of it.
 */
function inOrder(
  answer: QueuePage,
  left: ReadonlySet<string>,
  held: readonly SftQueueItem[],
  position: number,
): Pick<Queue, 'items' | 'position'> {
  const items = answer.items.filter(({ id }) => !left.has(id))
  const listed = new Set(items.map(({ id }) => id))
  const skipped = held.slice(0, position).filter(({ id }) => listed.has(id)).length
  const current = held[position]
  if (!current) return { items, position: skipped }
  if (listed.has(current.id)) return { items, position: items.findIndex(({ id }) => id === current.id) }
  return { items: items.toSpliced(skipped, 0, current), position: skipped }
}
