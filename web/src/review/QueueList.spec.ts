import { beforeEach, expect, it } from 'vitest'
import type { BulkRequest, ReasonGroup, SftQueueItem } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card, cards, config, queuePage, run, stats } from '@/testing/fixtures'
import { press } from '@/testing/press'
import { stopClock, until } from '@/testing/until'
import { settle, visitApp } from '@/testing/visitApp'
import { countVerdicts } from './proposedWords'

beforeEach(stopClock)

function groupsOf(waits: SftQueueItem[]): ReasonGroup[] {
  return [...new Set(waits.map(({ reason_shape }) => reason_shape))].map((shape) => {
    const waiting = waits.filter(({ reason_shape }) => reason_shape === shape).length
    return { shape, text: `missing: "^${shape}$"`, waiting }
  })
}

/** A desk that decides many cards at once; `gone` are decided by somebody else, unseen by the page. */
function serve(items: SftQueueItem[], gone: string[] = []) {
  const decided = new Set<string>()
  const asked: BulkRequest[] = []
  let last: string[] = []
  fakeServer({
    'GET /queue': ({ url }) => {
      const after = url.searchParams.get('after')
      const per_page = Number(url.searchParams.get('per_page'))
      const from = after ? items.findIndex(({ id }) => id === after) + 1 : 0
      const waits = items.filter(({ id }) => !decided.has(id) && !(asked.length && gone.includes(id)))
      const page = items.slice(from).filter((item) => waits.includes(item))
      const reasons = url.searchParams.get('order') === 'same_reason' ? groupsOf(waits) : []
      return { json: queuePage(page.slice(0, per_page), { total: waits.length, per_page, reasons }) }
    },
    'GET /stats': () => ({ json: stats({ total: items.length }) }),
    'GET /runs': () => ({ json: [run('run-1')] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    'POST /bulk': ({ body }) => {
      const step = body as BulkRequest
      asked.push(step)
      const chosen = items.filter(({ id }) => step.ids!.includes(id) && !gone.includes(id))
      const told = step.action === 'as_proposed' ? chosen.filter(({ proposal }) => proposal) : chosen
      const wanted = told.map(({ id }) => id)
      const verdicts =
        step.action === 'as_proposed' ? countVerdicts(told.flatMap((one) => one.proposal ?? [])) : []
      if (step.dry_run) return { json: { ok: true, batch_id: null, count: wanted.length, verdicts } }
      if (wanted.length !== step.expected)
        return { status: 409, json: { code: 'preview_stale', detail: 'Stale.', count: wanted.length } }
      for (const id of wanted) decided.add(id)
      last = wanted
      return { json: { ok: true, batch_id: 'b1', count: wanted.length, verdicts } }
    },
    'POST /bulk/b1/redo': () => {
      for (const id of last) decided.add(id)
      return { json: { ok: true, batch_id: 'b2', count: last.length, left: 0 } }
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

const PROPOSAL = {
  rule: 'equal_but_for_case',
  action: 'accept',
  category: 'scoring_artifact',
  corrected_response: null,
  why: 'equal but for case',
} as const
const CORRECTION = {
  ...PROPOSAL,
  rule: 'other_number',
  action: 'correct',
  category: 'wrong_answer',
  corrected_response: '225',
  why: 'another number',
} as const

it('takes each card’s own proposal, those without one stay, and U and ⇧U take it back and say it again', async () => {
  const items = [card('c1', { proposal: PROPOSAL }), card('c2'), card('c3', { proposal: CORRECTION })]
  const asked = serve(items)
  const desk = await open()
  expect(desk.all('list-proposal').map((lamp) => lamp.title)).toEqual([
    'Proposal: Accept, Scoring artifact. Because: equal but for case',
    'Proposal: Correct with the reference, Wrong answer. Because: another number',
  ])
  await desk.keys('⇧P')
  expect(desk.selected()).toEqual([0, 2])
  expect(desk.text('take-proposals')).toContain('As proposed: 1 accept, 1 correct')
  await desk.keys('j', 'x')
  expect(desk.text('take-proposals')).toContain('As proposed, 2 of 3: 1 accept, 1 correct')
  await desk.keys('p')
  await until(() => asked.length > 0)
  expect(asked[0]).toEqual({
    ...{ action: 'as_proposed', ids: ['c1', 'c2', 'c3'], opened: ['c1', 'c2'], expected: 2 },
  })
  await until(() => desk.text('toast').includes('Decided 2 cards as proposed'))
  expect(desk.all('list-row').map((row) => row.dataset['id'])).toEqual(['c2'])
  await desk.keys('u')
  await until(() => desk.all('list-row').length === 3)
  await desk.keys('⇧U')
  await until(() => desk.text('toast').includes('Redone: Decided 2 cards as proposed'))
  await desk.keys('⇧U')
  expect(desk.text('toast')).toContain('There is nothing to redo.')
})

it('above ten, shows each proposal first, to be left out', async () => {
  const items = cards(12).map(({ id }) => card(id, { proposal: id === 'c12' ? CORRECTION : PROPOSAL }))
  const asked = serve([...items, card('c13')])
  const desk = await open()
  await desk.keys('x')
  desk.all('list-select')[12]!.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))
  await settle()
  expect(desk.text('take-proposals')).toContain('As proposed, 12 of 13')
  await desk.keys('p')
  await until(() => desk.has('proposed-panel') && desk.text('bulk-confirm') === 'Decide 12 cards as proposed')
  expect(desk.text('proposed-verdicts')).toContain('11 accept')
  expect(desk.text('proposed-panel')).toContain('1 selected card without a proposal will stay.')
  await desk.click(desk.all('proposed-check')[11]!)
  await until(() => desk.text('bulk-confirm') === 'Decide 11 cards as proposed')
  await desk.click('bulk-confirm')
  await until(() => desk.text('toast').includes('Decided 11 cards as proposed'))
  expect(asked.at(-1)!.ids).not.toContain('c12')
  expect(desk.all('list-row').map((row) => row.dataset['id'])).toEqual(['c12', 'c13'])
})

it('in the order by reason, stands in groups that are selected at once, single ones together at the end', async () => {
  const shapes = ['s1', 's1', 's1', 's2', 's2', 's3', 's4']
  serve(shapes.map((reason_shape, at) => card(`c${at + 1}`, { reason_shape })))
  const desk = await open('/?order=same_reason')
  const groups = () => desk.all('list-group').map((group) => group.textContent.trim().replace(/\s+/g, ' '))
  expect(groups()).toEqual([
    'Select all 3: Missing: ^s1$Missing: ^s1$3',
    'Select all 2: Missing: ^s2$Missing: ^s2$2',
    'Each in its own way2',
  ])
  await desk.click(desk.all('group-select')[1]!)
  expect(desk.selected()).toEqual([3, 4])
  expect((desk.all('group-select')[1] as HTMLInputElement).checked).toBe(true)
  desk.all('group-select')[0]!.focus()
  await desk.keys('x')
  expect(desk.selected()).toEqual([0, 1, 2, 3, 4])
  await desk.keys('x')
  expect(desk.selected()).toEqual([3, 4])
  await desk.keys('j', 'x')
  expect((desk.all('group-select')[0] as HTMLInputElement).indeterminate).toBe(true)
  await desk.keys('d', 'd')
  await until(() => desk.text('toast').includes('Discarded'))
  expect(desk.all('list-row').length).toBeLessThan(6)
})
