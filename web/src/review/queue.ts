import type { QueuePage, ReasonGroup, SftQueueItem } from '@/api/types'

/** The cards at hand, the one on screen, and the number to review. */
export class Queue {
  /** In queue order: skipped cards before `position`, prefetched ones after it. */
  items: SftQueueItem[] = []
  position = 0
  /** The number to review under the filters: what the server last said, less what was decided since. */
  total = 0
  /** The number decided since these filters were opened; the position counts on from it. */
  decidedHere = 0
  /** The last card that the server listed; the next page begins after it. */
  cursor: string | null = null
  /** Whether there are no more cards after those at hand. */
  exhausted = false
  /** The groups of cards with one reason by its shape, as the server counted them; empty in any other order. */
  reasons = new Map<string | null, ReasonGroup>()

  get current(): SftQueueItem | null {
    return this.items[this.position] ?? null
  }

  /** The number of cards at hand, from the one on screen on. */
  get ahead(): number {
    return this.items.length - this.position
  }

  find(id: string): SftQueueItem | undefined {
    return this.items.find((item) => item.id === id)
  }

  /** Add the next page, without the cards that have left. `counted`: its total can be trusted. */
  add(page: QueuePage, left: ReadonlySet<string>, counted: boolean): void {
    const { total } = this
    const known = new Set([...left, ...this.items.map(({ id }) => id)])
    this.items.push(...page.items.filter(({ id }) => !known.has(id)))
    takeEnd(this, page)
    this.takeReasons(page)
    if (!counted) this.total = total
    this.wrapAround()
  }

  /** Replace the cards at hand with a new reading from the head of the queue. */
  replace(page: QueuePage, left: ReadonlySet<string>): void {
    Object.assign(this, inOrder(page, left, this.items, this.position))
    takeEnd(this, page)
    this.reasons.clear()
    this.takeReasons(page)
    this.total -= page.items.filter(({ id }) => left.has(id)).length
    this.wrapAround()
  }

  /** Make a card current again that was undone or whose decision was refused. */
  putBack(item: SftQueueItem): void {
    this.items = this.items.filter(({ id }) => id !== item.id)
    this.position = Math.min(this.position, this.items.length)
    this.insert(item)
    this.total += 1
    this.uncount(1)
  }

  /** Put a card on screen without counting it: the total includes it already. */
  insert(item: SftQueueItem): void {
    if (this.reasons.size) this.position = this.placeInGroup(item)
    this.items.splice(this.position, 0, item)
  }

  /** The start of the card's group, or of the one on screen, so that no group is torn apart. */
  placeInGroup({ reason_shape: shape }: SftQueueItem): number {
    const startOf = (wanted: string | null | undefined): number =>
      this.items.findIndex(({ reason_shape }) => reason_shape === wanted)
    const own = startOf(shape)
    return own >= 0 ? own : Math.max(0, this.current ? startOf(this.current.reason_shape) : this.items.length)
  }

  takeReasons(page: QueuePage): void {
    for (const group of page.reasons) this.reasons.set(group.shape, group)
  }

  /** Take back from the count decisions that no longer stand. */
  uncount(cards: number): void {
    this.decidedHere = Math.max(0, this.decidedHere - cards)
  }

  /** Show a card. False if it is not at hand. */
  show(id: string): boolean {
    const index = this.items.findIndex((item) => item.id === id)
    if (index >= 0) this.position = index
    return index >= 0
  }

  /** Take a card away. `uncounted`: the total was read without it. */
  remove(id: string, uncounted = false): void {
    const index = this.items.findIndex((item) => item.id === id)
    if (index < 0) return
    this.items.splice(index, 1)
    if (index < this.position) this.position -= 1
    if (!uncounted) this.total = Math.max(0, this.total - 1)
    this.wrapAround()
  }

  /**
   * Go to the next card. After the last one nothing is on screen until more are read or the skipped ones come round.
   */
  skip(): void {
    this.position += 1
  }

  /** Go to the card before. False on the first card. */
  back(): boolean {
    if (this.position === 0) return false
    this.position -= 1
    return true
  }

  /** Start over with the skipped cards after the last one. */
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
 * The cards of a new answer in its order, without those that left while it was asked for.
 * The card on screen stays, listed or not: whoever is reading it decides what becomes of it.
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
