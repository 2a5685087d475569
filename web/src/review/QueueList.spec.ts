import { beforeEach, expect, it } from 'vitest'
import type { BulkRequest, SftQueueItem } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card, cards, config, queuePage, run, stats } from '@/testing/fixtures'
import { press } from '@/testing/press'
import { stopClock, until } from '@/testing/until'
import { settle, visitApp } from '@/testing/visitApp'

beforeEach(stopClock)

/** A desk that decides many cards at once; `gone` are decided by somebody else, unseen by the page. */
function serve(items: SftQueueItem[], gone: string[] = []) {
  const decided = new Set<string>()
  const asked: BulkRequest[] = []
  fakeServer({
    'GET /queue': ({ url }) => {
      const after = url.searchParams.get('after')
      const per_page = Number(url.searchParams.get('per_page'))
      const from = after ? items.findIndex(({ id }) => id === after) + 1 : 0
      const waits = items.filter(({ id }) => !decided.has(id) && !(asked.length && gone.includes(id)))
      const page = items.slice(from).filter((item) => waits.includes(item))
      return { json: queuePage(page.slice(0, per_page), { total: waits.length, per_page }) }
    },
    'GET /stats': () => ({ json: stats({ total: items.length }) }),
    'GET /runs': () => ({ json: [run('run-1')] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    'POST /bulk': ({ body }) => {
      const step = body as BulkRequest
      asked.push(step)
      const wanted = step.ids!.filter((id) => !gone.includes(id))
      if (step.dry_run) return { json: { ok: true, batch_id: null, count: wanted.length, verdicts: [] } }
      if (wanted.length !== step.expected)
        return { status: 409, json: { code: 'preview_stale', detail: 'Stale.', count: wanted.length } }
      for (const id of wanted) decided.add(id)
      return { json: { ok: true, batch_id: 'b1', count: wanted.length, verdicts: [] } }
    },
    'POST /bulk/b1/undo': () => {
      const count = decided.size
      decided.clear()
      return { json: { ok: true, count, left: 0 } }
    },
  })
  return asked
}

async function open(path = '/') {
  const desk = await visitApp(path)
  await desk.key('l')
  await until(() => desk.has('list-row'))
  return {
    ...desk,
    keys: async (...keys: string[]) => {
      for (const key of keys) {
        press(key.replace('⇧', ''), { shiftKey: key.startsWith('⇧') })
        await settle()
      }
    },
    current: () => desk.get('card').dataset['cardId'],
    selected: () =>
      desk.all('list-select').flatMap((box, at) => ((box as HTMLInputElement).checked ? [at] : [])),
  }
}

it('moves through the rows, and the card follows; only rows that are near are drawn', async () => {
  serve(cards(300))
  const desk = await open()
  await desk.keys('j', 'j', 'k')
  expect(desk.current()).toBe('c2')
  expect(desk.page.findAll('[aria-current=true]').map((row) => row.text())).toEqual(['Card c2'])
  expect(document.activeElement).toBe(desk.get('card'))
  await until(() => desk.text('list').includes('300 here'))
  expect(desk.all('list-row').length).toBeLessThan(60)
  await desk.click(desk.all('list-show')[4]!)
  expect(desk.current()).toBe('c5')
  await desk.keys('d', 'j')
  expect(desk.current(), 'what has begun is not left by a key').toBe('c5')
  await desk.keys('Escape', 'l')
  expect(desk.has('list')).toBe(false)
  expect(localStorage.getItem('avocet.look.list')).toBe('false')
})

it('decides what is selected with the card’s own keys, as one step that one undo takes back', async () => {
  const asked = serve(cards(6))
  const desk = await open()
  await desk.keys('j', 'x', '⇧J', '⇧J')
  expect(desk.selected()).toEqual([1, 2, 3])
  expect(desk.text('action-accept')).toContain('Accept 3')
  expect(desk.has('action-correct')).toBe(false)
  await desk.keys('c', 's')
  expect([desk.current(), desk.has('editor')]).toEqual(['c4', false])

  await desk.keys('f', '6')
  expect(desk.text('confirm')).toContain('Flag 3')
  await desk.keys('Escape')
  expect(desk.selected()).toEqual([1, 2, 3])
  await desk.keys('Escape')
  expect([desk.selected(), desk.has('action-correct')]).toEqual([[], true])

  await desk.keys('x', 'k', 'x', 'f', '6', 'f')
  await until(() => asked.length > 0)
  await settle()
  expect(asked[0]).toMatchObject({
    ...{ action: 'flag', failure_category: 'hallucination', expected: 2 },
    ...{ ids: ['c3', 'c4'], opened: ['c3', 'c4'] },
  })
  expect(desk.all('list-row').map((row) => row.dataset['id'])).toEqual(['c1', 'c2', 'c5', 'c6'])
  expect([desk.selected(), desk.current()]).toEqual([[], 'c5'])
  expect(desk.text('toast')).toContain('Flagged 2 cards')
  await desk.keys('u')
  await until(() => desk.all('list-row').length === 6)
  expect(desk.selected()).toEqual([])
})

it('says how many still wait where some were decided meanwhile, and decides none of the others', async () => {
  const asked = serve(cards(4), ['c2'])
  const desk = await open()
  for (const row of [0, 1, 2]) await desk.click(desk.all('list-select')[row]!)
  await desk.keys('a')
  await until(() => desk.has('selection-stale'))
  await settle()
  expect(asked[0]).toMatchObject({ opened: ['c1'], ids: ['c1', 'c2', 'c3'] })
  expect(desk.text('selection-stale')).toContain('2 match by now, not 3')
  expect(desk.all('list-row')).toHaveLength(3)
  expect(desk.text('action-accept')).toContain('Accept 2')
})

it('shows more than ten before they are decided', async () => {
  const asked = serve(cards(15))
  const desk = await open()
  await desk.keys('x')
  desk.all('list-select')[11]!.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))
  await settle()
  await desk.keys('d', '4', 'd')
  await until(() => desk.has('bulk-preview') && !desk.text('bulk-confirm').includes('Counting'))
  expect(desk.text('bulk-confirm')).toBe('Discard 12 cards')
  expect(desk.text('bulk-panel')).toContain('Decide 12 selected cards')
  await desk.click('bulk-confirm')
  await until(() => desk.all('list-row').length === 3)
  expect(asked.at(-1)).toMatchObject({ failure_category: 'wrong_answer', opened: ['c1'], expected: 12 })
})

it('calls passes by their name, and selects nothing in a sample', async () => {
  serve(cards(2).map(({ id }) => card(id, { outcome: 'passed' })))
  const desk = await open('/?outcome=passed')
  await desk.keys('x')
  expect(desk.text('action-accept')).toContain('Rightly passed 1')
  await desk.keys('Escape')
  await desk.router.push('/?sample=s1')
  await settle()
  await desk.keys('x')
  expect(desk.has('list-select')).toBe(false)
  expect(desk.text('toast')).toContain('one by one')
})

it('gives the card its dock and keys back when the selection leaves with its rows', async () => {
  serve(cards(3))
  const desk = await open()
  await desk.keys('x', '⇧J', '⇧J')
  expect(desk.selected()).toEqual([0, 1, 2])
  await desk.keys('a')
  await until(() => desk.has('empty-all-reviewed'))
  await desk.keys('u')
  await until(() => desk.has('action-correct'))
  await desk.keys('d')
  expect(desk.has('confirm')).toBe(true)
})

it('shows a row as selected that a range kept so', async () => {
  serve(cards(4))
  const desk = await open()
  await desk.click(desk.all('list-select')[0]!)
  const third = desk.all('list-select')[2] as HTMLInputElement
  third.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true }))
  await settle()
  third.dispatchEvent(new MouseEvent('click', { shiftKey: true, bubbles: true, cancelable: true }))
  await settle()
  expect(desk.selected()).toEqual([0, 1, 2])
})
