import { describe, expect, it } from 'vitest'
import type { SftQueueItem } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card, cards, config, queuePage, run, stats } from '@/testing/fixtures'
import { visitApp } from '@/testing/visitApp'
import { until } from '@/testing/until'

/** A desk with these cards; `kept` more cards did not fail. */
function serve(items: SftQueueItem[], kept = 0) {
  return fakeServer({
    'GET /queue': () => ({ json: queuePage(items) }),
    'GET /stats': ({ url }) => ({ json: stats({ total: 3 + (url.searchParams.has('outcome') ? kept : 0) }) }),
    'GET /runs': () => ({ json: [run('run-1')] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {}, by_fault: {} } }),
  })
}

const labelled = (label: string) => document.querySelector<HTMLElement>(`[aria-label="${label}"]`)!

describe('cards that did not fail', () => {
  it('are a filter only where the desk has some', async () => {
    serve(cards(2))
    const desk = await visitApp('/')
    await until(() => desk.has('card'))
    expect(desk.has('filter-outcome')).toBe(false)
  })

  it('are found by their outcome, which stands in the address', async () => {
    const server = serve(cards(2), 2)
    const desk = await visitApp('/')
    await until(() => desk.has('filter-outcome'))
    expect(desk.text('filter-outcome')).toContain('failed')
    await desk.router.push('/?outcome=passed')
    await until(() => desk.text('filter-outcome').includes('Passed that were kept'))
    await until(() => server.to('GET /queue').at(-1)!.url.searchParams.get('outcome') === 'passed')
    await desk.click(labelled('Clear the outcome filter'))
    expect(desk.url()).toBe('/')
  })

  it('are alike only among their own outcome', async () => {
    const server = serve([card('c1', { outcome: 'passed' })], 1)
    await visitApp('/?outcome=passed')
    const asked = () => server.to('GET /queue').find(({ url }) => url.searchParams.has('like'))
    await until(asked)
    expect(asked()!.url.searchParams.get('outcome')).toBe('passed')
  })
})

it('a pass that was right is no uncategorised card of the session', async () => {
  const open = [card('c1', { outcome: 'passed' }), card('c2')]
  const server = serve(open, 1)
  server.routes['POST /submit'] = ({ body }) => {
    const { id } = body as { id: string }
    open.splice(
      open.findIndex((one) => one.id === id),
      1,
    )
    return { json: { ok: true, id, status: 'approved', failure_category: null, decision_id: 1 } }
  }
  const desk = await visitApp('/?outcome=any')
  await until(() => desk.has('card'))
  for (const key of ['a', 'f', 'f']) await desk.key(key)
  await until(() => desk.has('tally-actions'))
  expect(desk.text('tally-actions')).toMatch(/Accepted\s*1.*Flagged\s*1/)
  expect(desk.text('session-categories')).toMatch(/^Uncategorised\s*1/)
})

it('a link to one shape of reason is a filter that can be taken away', async () => {
  const server = serve(cards(2))
  const desk = await visitApp('/?shape=a1b2')
  await until(() => desk.has('filter-shape'))
  expect(server.to('GET /queue')[0]!.url.searchParams.get('shape')).toBe('a1b2')
  expect(desk.text('filter-shape')).toContain('of the same kind')
  await desk.click(labelled('Clear the reason filter'))
  expect(desk.url()).toBe('/')
  expect(desk.has('filter-shape')).toBe(false)
})

it('a card leads to those that fail in the same way', async () => {
  const server = serve([card('c1', { reason_shape: 'a1b2' }), card('c2')])
  const desk = await visitApp('/')
  await until(() => desk.has('same-shape'))
  expect(desk.text('same-shape')).toBe('1 more fails in this way')
  const asked = server.to('GET /queue').find(({ url }) => url.searchParams.has('shape'))!
  expect(Object.fromEntries(asked.url.searchParams)).toEqual({
    shape: 'a1b2',
    outcome: 'failed',
    task_type: 'facts',
    per_page: '1',
  })
  await desk.click('same-shape')
  expect(desk.url()).toBe('/?shape=a1b2&task_type=facts')
  expect(desk.has('same-shape')).toBe(false)
})

it('what should be JSON and is not is shown before cards are decided together', async () => {
  const same = card('c1', { reference: 7 })
  const server = serve([same, card('c2')])
  const desk = await visitApp('/')
  await until(() => desk.has('similar'))
  await desk.key('q')
  await until(() => desk.has('faults'))
  await desk.key('3')
  await desk.write('corrected-reference', '[7')
  await desk.key('Escape')
  expect(desk.has('faults')).toBe(false)
  await desk.key('g')
  await until(() => desk.has('reference-problem'))
  expect(desk.has('similar-panel')).toBe(false)
  await desk.write('corrected-reference', '[7]')
  await desk.key('Escape')
  server.routes['POST /bulk'] = () => ({ json: { ok: true, batch_id: null, count: 2, verdicts: [] } })
  await desk.key('g')
  await until(() => desk.has('similar-panel'))
  expect((desk.get('bulk-fault') as HTMLSelectElement).value).toBe('reference_wrong')
  expect(desk.has('bulk-reference')).toBe(true)
})

it('a tag is picked under “More filters”, and tags are read only then', async () => {
  const server = serve(cards(2))
  server.routes['GET /tags'] = () => ({ json: { tags: [{ name: 'units', cards: 3 }] } })
  const desk = await visitApp('/')
  await until(() => desk.has('more-filters'))
  const press = (at: HTMLElement | null) =>
    at!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  const more = document.querySelector<HTMLElement>('[data-testid=more-filters]')!
  more.focus()
  press(more)
  await until(() => desk.has('more-tag'))
  expect(server.to('GET /tags')).toHaveLength(0)
  press(document.querySelector<HTMLElement>('[data-testid=more-tag]'))
  const units = (): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>('[role=menuitemcheckbox]')].find((one) =>
      one.textContent.includes('units'),
    )
  await until(units)
  expect(units()!.textContent).toContain('3')
  press(units()!)
  await until(() => desk.url() === '/?tag=units')
  expect(desk.text('filter-tag')).toBe('Tagunits')
  await until(() => server.to('GET /queue').at(-1)!.url.searchParams.get('tag') === 'units')
})
