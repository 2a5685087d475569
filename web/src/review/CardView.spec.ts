import { expect, it } from 'vitest'
import type { HistoryEntry, SftQueueItem, SftSubmitRequest } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card, config, entry, queuePage, stats, undoneVerdict } from '@/testing/fixtures'
import { until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'
import { loadDraft, saveDraft } from './drafts'

const ID = 'run/a b'
const PATH = '/cards/run/a%20b'
type Routes = Parameters<typeof fakeServer>[0]

async function visit(item: Partial<SftQueueItem>, timeline: HistoryEntry[], more: Routes = {}) {
  const state = { item: card(ID, item), timeline }
  const server = fakeServer({
    'GET /config': () => ({ json: config }),
    'GET /stats': () => ({ json: stats() }),
    'GET /queue': () => ({ json: queuePage([]) }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    'GET /card run/a b': () => ({ json: state.item }),
    'GET /card/history run/a b': () => ({ json: state.timeline }),
    'POST /submit': ({ body }) => {
      const { id, action, failure_category = null } = body as SftSubmitRequest
      state.item = card(ID, { status: 'approved', decision_id: 20 })
      state.timeline = [...timeline, entry(20, { action, failure_category, replaces: 9 })]
      return { json: { ok: true, id, status: 'approved', failure_category, decision_id: 20 } }
    },
    'POST /undo': () => {
      state.item = card(ID)
      const undone = undoneVerdict()
      return { json: { ok: true, id: ID, status: 'needs_review', undone } }
    },
    ...more,
  })
  const page = await visitApp(PATH)
  await until(() => page.has('card') || page.has('error-banner'))
  return { server, ...page }
}

const decided = { status: 'discarded', decision_id: 9 } as const

it('shows everything that was ever decided, undone decisions struck', async () => {
  const desk = await visit(decided, [
    entry(3, { action: 'accept', undone: true, failure_category: 'scoring_artifact' }),
    entry(4, { action: 'undo', reviewer: 'anna', replaces: 3 }),
    entry(9, { note: 'noise' }),
  ])
  const lines = desk.all('timeline-entry')
  expect(lines.map((line) => line.dataset['undone'])).toEqual(['true', 'false', 'false'])
  expect(lines[0]!.querySelector('s')?.textContent).toBe('Accepted')
  expect(lines[0]!.textContent).toContain('undone by anna')
  expect(lines[2]!.textContent).toContain('stands')
  expect(lines[2]!.textContent).toContain('noise')
})

it('names no category where an answer was accepted as right', async () => {
  const desk = await visit(decided, [
    entry(3, { action: 'accept', undone: true }),
    entry(9, { failure_category: 'wrong_answer' }),
  ])
  const [accepted, discarded] = desk.all('timeline-entry')
  expect(accepted!.textContent).not.toContain('Uncategorised')
  expect(discarded!.textContent).toContain('Wrong answer')
})

it('revises the decision that stands; the old one stays in the list', async () => {
  const desk = await visit(decided, [entry(9)])
  await desk.click('chip-format_error')
  await desk.click('confirm')
  expect(desk.server.to('POST /submit')[0]!.body).toMatchObject({
    id: ID,
    action: 'discard',
    failure_category: 'format_error',
    revises: 9,
  })
  expect(desk.all('timeline-entry')).toHaveLength(2)
  expect(desk.all('timeline-entry')[0]!.textContent).toContain('replaced')
  expect(desk.text('toast')).toContain(`Discarded Card ${ID} · Format error`)
})

it('a card that waits is decided without a revision', async () => {
  const desk = await visit({}, [])
  expect(desk.text('card-status')).toBe('This card waits for review.')
  await desk.key('a')
  expect(desk.server.to('POST /submit')[0]!.body).toEqual({ id: ID, action: 'accept' })
})

it('keeps what was typed when somebody revised it meanwhile', async () => {
  const json = { code: 'stale_revision', detail: 'Another decision stands by now.' }
  saveDraft(ID, { editing: true, text: 'Mine', category: null, note: '' })
  const desk = await visit(decided, [entry(9)], { 'POST /submit': () => ({ status: 409, json }) })
  await desk.click('submit-correction')
  expect(desk.text('error-banner')).toContain('Another decision stands by now.')
  expect(loadDraft(ID)?.text).toBe('Mine')
})

it('undoes the decision that stands, and no other', async () => {
  const desk = await visit(decided, [entry(9)])
  await desk.click('card-undo')
  expect(desk.server.to('POST /undo')[0]!.body).toEqual({ id: ID, decision_id: 9 })
  expect(desk.text('card-status')).toBe('This card waits for review.')
  expect(desk.text('toast')).toContain('Undone.')
})

it('says so when there is no such card', async () => {
  const json = { code: 'not_found', detail: 'There is no candidate of that id.' }
  const desk = await visit({}, [], {
    'GET /card run/a b': () => ({ status: 404, json }),
    'GET /card/history run/a b': () => ({ status: 404, json }),
  })
  expect(desk.page.get('h1').text()).toBe('There is no such card')
})
