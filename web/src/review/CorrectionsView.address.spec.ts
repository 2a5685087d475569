import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { SftQueueItem } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card, cards, config, queuePage, run, stats } from '@/testing/fixtures'
import { until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'

/** The server of a desk whose queue lists `items`; `linked` can be asked for alone. */
function serve(items: SftQueueItem[], linked?: SftQueueItem) {
  return fakeServer({
    'GET /queue': () => ({ json: queuePage(items) }),
    'GET /stats': () => ({ json: stats({ total: 3 }) }),
    'GET /runs': () => ({ json: [run('run-1')] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {}, by_fault: {} } }),
    ...(linked && { [`GET /card ${linked.id}`]: () => ({ json: linked }) }),
    'GET /card/history c9': () => ({ json: [] }),
  })
}

async function visit(path: string, items: SftQueueItem[], linked?: SftQueueItem) {
  const server = serve(items, linked)
  const desk = await visitApp(path)
  await until(() => desk.has('card') || desk.has('card-status'))
  return { ...desk, server, shown: () => desk.get('card').dataset['cardId'] }
}

describe('the address of the review page', () => {
  it('holds the card on screen beside the filters', async () => {
    const desk = await visit('/?order=lowest_score', cards(3))
    await until(() => desk.card() === 'c1')
    await desk.key('s')
    await until(() => desk.card() === 'c2')
    expect(desk.url()).toBe('/?order=lowest_score')
    const read = desk.server.to('GET /queue').filter(({ url }) => !url.searchParams.has('like'))
    expect(read).toHaveLength(1)
    await desk.router.push('/')
    await until(() => desk.card() !== null)
  })

  it('begins with its card, in the place where the queue lists it', async () => {
    const desk = await visit('/?card=c2', cards(3), card('c2'))
    expect(desk.shown()).toBe('c2')
    expect(desk.text('position')).toBe('2 of 3 here')
    await desk.router.push('/?card=c3')
    await until(() => desk.shown() === 'c3')
  })

  it('begins with a card that the first page does not list', async () => {
    const desk = await visit('/?card=c9', cards(3), card('c9'))
    expect(desk.shown()).toBe('c9')
    await desk.key('s')
    expect(desk.shown()).toBe('c1')
  })

  it('reads its card and the queue at once, and shows no other card before it', async () => {
    const server = serve(cards(3))
    let answer: (card: { json: SftQueueItem }) => void = () => undefined
    server.routes['GET /card c9'] = () => new Promise((resolve) => (answer = resolve))
    const desk = await visitApp('/?card=c9')
    await until(() => server.to('GET /queue').length > 0 && server.to('GET /card c9').length > 0)
    await flushPromises()
    expect(desk.has('card')).toBe(false)
    answer({ json: card('c9') })
    await until(() => desk.has('card'))
    expect(desk.get('card').dataset['cardId']).toBe('c9')
    expect(server.to('GET /queue').filter(({ url }) => !url.searchParams.has('like'))).toHaveLength(1)
  })

  it('leads to the page of a card that is decided', async () => {
    const desk = await visit('/?card=c9', cards(3), card('c9', { status: 'discarded' }))
    await until(() => desk.url() === '/cards/c9')
  })

  it('begins at the start, and says why, if there is no such card', async () => {
    const desk = await visit('/?card=gone', cards(3))
    await until(() => desk.card() === 'c1')
    expect(desk.text('toast')).toContain('The card of this address can’t be shown')
  })
})
