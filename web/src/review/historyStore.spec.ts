import { expect, it } from 'vitest'
import type { DecidedItem, SftSubmitRequest } from '@/api/types'
import { useToastStore } from '@/shell/toastStore'
import { fakeServer } from '@/testing/fakeServer'
import { card, config, decidedPage, decision, queuePage, stats } from '@/testing/fixtures'
import { useHistoryStore } from './historyStore'
import { useSftStore } from './sft'

/** The history of these decisions by ada, newest first. */
async function opened(all: DecidedItem[], more: Parameters<typeof fakeServer>[0] = {}) {
  const server = fakeServer({
    'GET /config': () => ({ json: config }),
    'GET /stats': () => ({ json: stats() }),
    'GET /queue': () => ({ json: queuePage([]) }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    'GET /decisions': ({ url }) => {
      const { batch_id, before, page = '1', per_page = '50' } = Object.fromEntries(url.searchParams)
      const matching = all.filter((one) => !batch_id || one.batch_id === batch_id)
      const from = (Number(page) - 1) * Number(per_page)
      const rest = matching
        .filter((one) => !before || one.decision_id < Number(before))
        .map((one) => ({ ...one, ...together(all, one) }))
      return { json: decidedPage(rest.slice(from, from + Number(per_page)), { total: matching.length }) }
    },
    'POST /undo': ({ body }) => ({
      json: {
        ok: true,
        id: (body as { id: string }).id,
        status: 'needs_review',
        undone: { action: 'discard', corrected_response: null, failure_category: null, note: null },
      },
    }),
    'POST /submit': ({ body }) => {
      const { id, failure_category = null, check_fault = null } = body as SftSubmitRequest
      return { json: { ok: true, id, status: 'approved', failure_category, check_fault, decision_id: 900 } }
    },
    'POST /bulk/b1/undo': () => ({ json: { ok: true, count: 200, left: 1 } }),
    ...more,
  })
  const store = useHistoryStore()
  await store.open()
  return { server, store }
}

/** What the server says about a decision's batch. */
function together(all: DecidedItem[], { batch_id }: DecidedItem) {
  const batch = all.filter((one) => batch_id && one.batch_id === batch_id)
  return {
    batch_count: batch_id ? batch.length : null,
    batch_first: batch.at(-1)?.decision_id ?? null,
  }
}

const many = (count: number, from: number, changes: Partial<DecidedItem> = {}) =>
  Array.from({ length: count }, (_, index) => decision(from - index, changes))

it('lists this reviewer’s decisions newest first, page by page', async () => {
  const { server, store } = await opened(many(70, 500))
  expect(server.to('GET /decisions')[0]!.url.searchParams.get('reviewer')).toBe('ada')
  expect(store.entries).toHaveLength(50)
  await store.more()
  expect(store.entries.map(({ item }) => item.decision_id)).toEqual(
    many(70, 500).map((one) => one.decision_id),
  )
  expect(store.before).toBeNull()
})

it('shows what was decided together as one line, and what is older after it', async () => {
  const { server, store } = await opened([
    decision(500),
    ...many(200, 499, { batch_id: 'b1' }),
    decision(299),
    decision(298),
  ])
  expect(store.entries.map(({ cards, item }) => [item.decision_id, cards])).toEqual([
    [500, null],
    [499, 200],
    [299, null],
    [298, null],
  ])
  expect(server.to('GET /decisions')).toHaveLength(2)
})

it('undoes one decision, and no later one that somebody made of it', async () => {
  const { server, store } = await opened([decision(5)])
  useSftStore().remember({ type: 'discard', item: card('c5'), category: null, decision_id: 5 })
  await store.undo(store.entries[0]!)
  expect(server.to('POST /undo')[0]!.body).toEqual({ id: 'c5', decision_id: 5 })
  expect(store.entries[0]).toMatchObject({ undone: true })
  expect(useSftStore().history).toEqual([])
})

it('undoes a batch as one', async () => {
  const { server, store } = await opened(many(3, 9, { batch_id: 'b1' }))
  await store.undo(store.entries[0]!)
  expect(server.to('POST /bulk/b1/undo')).toHaveLength(1)
  expect(useToastStore().toast).toMatchObject({
    text: 'Undone. 200 cards are as before. 1 changed since and stay as they are.',
  })
})

it('says beside the line why it could not be undone', async () => {
  const json = { code: 'stale_revision', detail: 'Another decision stands by now.' }
  const { store } = await opened([decision(5)], { 'POST /undo': () => ({ status: 409, json }) })
  await store.undo(store.entries[0]!)
  expect(store.entries[0]).toMatchObject({ undone: false, error: 'Another decision stands by now.' })
})

it('changes the category and nothing else', async () => {
  const mine = decision(5, {
    action: 'correct',
    corrected_response: 'Better',
    note: 'why',
    status: 'approved',
    check_fault: 'reference_wrong',
    corrected_reference: ['Rome'],
    ...{ tags: ['units'], must_not: ['lb'] },
  })
  const { server, store } = await opened([mine])
  await store.recategorise(store.entries[0]!, 'partial_answer')
  expect(server.to('POST /submit')[0]!.body).toEqual({
    id: 'c5',
    action: 'correct',
    corrected_response: 'Better',
    note: 'why',
    check_fault: 'reference_wrong',
    corrected_reference: ['Rome'],
    ...{ tags: ['units'], must: [], must_not: ['lb'] },
    failure_category: 'partial_answer',
    revises: 5,
  })
  expect(store.entries[0]!.item).toMatchObject({ decision_id: 900, failure_category: 'partial_answer' })
})

it('changes the fault of the check, or takes it away, and nothing else', async () => {
  const mine = decision(5, { action: 'discard', failure_category: 'wrong_answer', note: 'why' })
  const { server, store } = await opened([{ ...mine, check_fault: null, corrected_reference: ['Rome'] }])
  await store.changeFault(store.entries[0]!, 'reference_wrong')
  expect(useToastStore().toast).toMatchObject({ text: expect.stringContaining('has its new check fault.') })
  await store.changeFault(store.entries[0]!, null)
  expect(useToastStore().toast).toMatchObject({ text: expect.stringContaining('has no check fault.') })
  const unchanged = { failure_category: 'wrong_answer', note: 'why', corrected_reference: ['Rome'] }
  expect(server.to('POST /submit').map(({ body }) => body)).toMatchObject([
    { ...unchanged, check_fault: 'reference_wrong', revises: 5 },
    { ...unchanged, check_fault: null, revises: 900 },
  ])
  expect(store.entries[0]!.item).toMatchObject({ decision_id: 900, check_fault: null })
})

it('a revision here is the first thing that U takes back', async () => {
  const { store } = await opened([decision(5)])
  const desk = useSftStore()
  desk.remember({ type: 'discard', item: card('c5'), category: null, decision_id: 5 })
  await store.recategorise(store.entries[0]!, 'hallucination')
  expect(desk.history.map((last) => last.type !== 'batch' && last.decision_id)).toEqual([5, 900])
})

it('gives a decision whose text was too long for the list another category, and its text stays whole', async () => {
  const whole = 'long text'.repeat(2_000)
  const shortened = { corrected_response: whole.length }
  const made = decision(1, { action: 'correct', corrected_response: whole.slice(0, 8_000), shortened })
  const { server, store } = await opened([made], {
    [`GET /card ${made.id}`]: () => ({ json: card(made.id, { corrected_response: whole, note: 'n' }) }),
    'POST /submit': () => ({
      json: { ok: true, id: made.id, status: 'approved', failure_category: 'hallucination', decision_id: 2 },
    }),
  })
  await store.recategorise(store.entries[0]!, 'hallucination')
  expect(server.to('POST /submit').map(({ body }) => body)).toMatchObject([
    { corrected_response: whole, note: 'n', revises: 1 },
  ])
})
