import { describe, expect, it } from 'vitest'
import { cards, queuePage } from '@/testing/fixtures'
import { Queue } from './queue'

const nobody: ReadonlySet<string> = new Set()

/** A page of cards; `more` makes it full, so that others follow. */
function page(ids: readonly string[], { total = ids.length, more = false } = {}) {
  const items = cards(9).filter(({ id }) => ids.includes(id))
  return queuePage(
    ids.map((id) => items.find((item) => item.id === id)!),
    {
      total,
      per_page: more ? ids.length : ids.length + 1,
    },
  )
}

function queueOf(...ids: string[]): Queue {
  const queue = new Queue()
  queue.add(page(ids), nobody, true)
  return queue
}

const ids = (queue: Queue) => queue.items.map(({ id }) => id)

describe('reading on', () => {
  it('adds what is not at hand and has not left, and remembers where the server stood', () => {
    const queue = new Queue()
    queue.add(page(['c1', 'c2'], { total: 5, more: true }), nobody, true)
    expect([queue.cursor, queue.exhausted]).toEqual(['c2', false])
    queue.add(page(['c2', 'c3', 'c4'], { total: 5 }), new Set(['c3']), true)
    expect(ids(queue)).toEqual(['c1', 'c2', 'c4'])
    expect([queue.cursor, queue.exhausted, queue.total]).toEqual(['c4', true, 5])
  })

  it('keeps its own total when something was decided meanwhile', () => {
    const queue = queueOf('c1', 'c2')
    queue.add(page(['c3'], { total: 9 }), nobody, false)
    expect(queue.total).toBe(2)
  })

  it('comes round to the skipped cards only when nothing stands behind them', () => {
    const queue = new Queue()
    queue.add(page(['c1'], { total: 2, more: true }), nobody, true)
    queue.skip()
    queue.wrapAround()
    expect(queue.current).toBeNull()
    queue.add(page([], { total: 2 }), nobody, true)
    expect(queue.current?.id).toBe('c1')
  })
})

describe('reading again', () => {
  it('takes the new order, and the card on screen stays on it', () => {
    const queue = queueOf('c1', 'c2', 'c3')
    queue.skip()
    queue.replace(page(['c3', 'c2', 'c1']), nobody)
    expect([ids(queue), queue.current?.id]).toEqual([['c3', 'c2', 'c1'], 'c2'])
  })

  it('keeps the card on screen after the skipped ones when it is not listed any more', () => {
    const queue = queueOf('c1', 'c2', 'c3')
    queue.skip()
    queue.replace(page(['c1', 'c3']), nobody)
    expect([ids(queue), queue.current?.id]).toEqual([['c1', 'c2', 'c3'], 'c2'])
  })

  it('leaves out what left while it was read, and does not count it', () => {
    const queue = queueOf('c1', 'c2')
    queue.replace(page(['c1', 'c2', 'c3']), new Set(['c3']))
    expect([ids(queue), queue.total]).toEqual([['c1', 'c2'], 2])
  })
})

describe('one card', () => {
  it('leaves: the next one is on screen, and one less is to review', () => {
    const queue = queueOf('c1', 'c2', 'c3')
    queue.remove('c1')
    expect([queue.current?.id, queue.total]).toEqual(['c2', 2])
    queue.remove('c2', true)
    expect([queue.current?.id, queue.total]).toEqual(['c3', 2])
    queue.remove('nobody')
    expect(queue.total).toBe(2)
  })

  it('before the one on screen leaves without moving it', () => {
    const queue = queueOf('c1', 'c2', 'c3')
    queue.skip()
    queue.remove('c1')
    expect([queue.current?.id, queue.position]).toEqual(['c2', 0])
  })

  it('comes back on screen, once, and is to review again', () => {
    const queue = queueOf('c1', 'c2')
    const [first] = queue.items
    queue.remove('c1')
    queue.decidedHere = 1
    queue.putBack(first!)
    queue.putBack(first!)
    expect(ids(queue)).toEqual(['c1', 'c2'])
    expect([queue.current?.id, queue.decidedHere]).toEqual(['c1', 0])
  })

  it('is shown when it is at hand, and there is no way back from the first', () => {
    const queue = queueOf('c1', 'c2')
    expect([queue.show('c2'), queue.show('c9')]).toEqual([true, false])
    expect([queue.back(), queue.back()]).toEqual([true, false])
    expect([queue.current?.id, queue.ahead]).toEqual(['c1', 2])
  })
})
