import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { BulkRequest } from '@/api/types'
import { NO_DECIDED_FILTERS } from '@/decided/decidedFilters'
import { useToastStore } from '@/shell/toastStore'
import { fakeServer } from '@/testing/fakeServer'
import { card, cards, config, decidedPage, decision, queuePage, stats } from '@/testing/fixtures'
import { useBulkStore } from './bulkStore'
import { loadDraft } from './drafts'
import { NO_FILTERS } from './queueFilters'
import { useSessionStore } from './sessionStore'
import { useSftStore } from './sft'

const choice = { action: 'discard', category: 'wrong_answer', note: ' why ' } as const
const filters = {
  ...NO_FILTERS,
  task_type: ['facts'],
  below: 0.4,
  q: 'cat',
  order: 'random',
  seed: 7,
} as const

/** A desk where `matching` cards are to review; a bulk step decides all of them. */
function serve(matching = 4) {
  let waiting = cards(matching)
  const state = { arrive: (id: string) => waiting.push(card(id)) }
  const server = fakeServer({
    'GET /stats': () => ({ json: stats() }),
    'GET /config': () => ({ json: config }),
    'GET /queue': ({ url }) => {
      const per_page = Number(url.searchParams.get('per_page'))
      return { json: queuePage(waiting.slice(0, per_page), { total: waiting.length, per_page }) }
    },
    'GET /card c1': () => ({ json: card('c1', { status: 'discarded' }) }),
    'GET /decisions': () => ({ json: decidedPage([decision(1), decision(2)]) }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    'POST /bulk': ({ body }) => {
      const { dry_run, expected } = body as BulkRequest
      const count = waiting.length
      if (dry_run) return { json: { ok: true, batch_id: null, count, verdicts: [] } }
      if (expected !== count)
        return { status: 409, json: { code: 'preview_stale', detail: 'Another number.', count } }
      waiting = []
      return { json: { ok: true, batch_id: 'b1', count, verdicts: [] } }
    },
    'POST /bulk/b1/undo': () => {
      waiting = cards(matching)
      return { json: { ok: true, count: matching, left: 0 } }
    },
  })
  return { server, state }
}

async function begun(target: Parameters<ReturnType<typeof useBulkStore>['begin']>[0], matching = 4) {
  const { server, state } = serve(matching)
  const desk = useSftStore()
  await desk.open(NO_FILTERS)
  const bulk = useBulkStore()
  bulk.begin(target)
  await bulk.preview(choice)
  return { server, state, desk, bulk }
}

describe('everything that matches the filters', () => {
  it('is counted and shown before anything is changed', async () => {
    const { server, bulk } = await begun({ kind: 'queue', filters }, 9)
    expect(bulk.count).toBe(9)
    expect(bulk.first).toHaveLength(5)
    const { queue, ...rest } = server.to('POST /bulk')[0]!.body as BulkRequest
    expect(rest).toEqual({ action: 'discard', failure_category: 'wrong_answer', dry_run: true })
    expect(queue).toMatchObject({ task_type: ['facts'], q: 'cat', order: 'random', seed: 7 })
    expect(queue?.max_score).toBeLessThan(0.4)
    expect(queue?.max_score).toBeGreaterThan(0.399)
    expect(Object.values(queue!)).not.toContain(null)
  })

  it('is counted after the decisions that are still on their way', async () => {
    const { server, desk, bulk } = await begun({ kind: 'queue', filters }, 9)
    let arrive = () => {}
    void desk.line.after(() => new Promise<void>((resolve) => (arrive = resolve)))
    const counted = bulk.preview(choice)
    await flushPromises()
    expect(server.to('POST /bulk')).toHaveLength(1)
    arrive()
    await counted
    expect(server.to('POST /bulk')).toHaveLength(2)
  })

  it('is decided as one step that holds to the count and is undone as one', async () => {
    const { server, desk, bulk } = await begun({ kind: 'queue', filters })
    expect(await bulk.confirm(choice)).toBe(true)
    expect(server.to('POST /bulk')[1]!.body).toMatchObject({ expected: 4, note: 'why' })
    expect(desk.queue.items).toEqual([])
    expect(bulk.target).toBeNull()
    expect(useToastStore().toast).toMatchObject({
      last: { type: 'batch', count: 4, category: 'wrong_answer' },
    })
    expect(useSessionStore().decided).toBe(4)
    await desk.undo()
    await flushPromises()
    expect(server.to('POST /bulk/b1/undo')).toHaveLength(1)
    expect(desk.queue.items).toHaveLength(4)
    expect(useSessionStore().decided).toBe(0)
    expect(desk.lastAction).toBeNull()
  })

  it('asks again with the new count when another number matches by then', async () => {
    const { state, desk, bulk } = await begun({ kind: 'queue', filters })
    state.arrive('late')
    expect(await bulk.confirm(choice)).toBe(false)
    expect(bulk.stale).toContain('5 match by now, not 4')
    expect(bulk.count).toBe(5)
    expect(desk.history).toEqual([])
    expect(await bulk.confirm(choice)).toBe(true)
    expect(bulk.stale).toBeNull()
  })

  it('is sent once however often the button is pressed', async () => {
    const { server, bulk } = await begun({ kind: 'queue', filters })
    expect(await Promise.all([bulk.confirm(choice), bulk.confirm(choice)])).toEqual([true, false])
    expect(server.to('POST /bulk').filter(({ body }) => !(body as BulkRequest).dry_run)).toHaveLength(1)
  })

  it('changes nothing without an answer, and says so', async () => {
    const { desk, bulk } = await begun({ kind: 'queue', filters })
    fakeServer({})
    expect(await bulk.confirm(choice)).toBe(false)
    expect(bulk.error?.code).toBe('lost_server')
    expect(desk.submitting).toBe(false)
    expect(bulk.target).not.toBeNull()
  })
})

describe('cards that say the same', () => {
  it('are corrected with the typed text, all of them, whatever filters are on', async () => {
    const { server, bulk } = await begun({ kind: 'like', item: card('c1'), text: 'Better' })
    await bulk.confirm({ ...choice, action: 'correct' })
    expect(server.to('POST /bulk')[1]!.body).toEqual({
      action: 'correct',
      queue: { like: 'c1', outcome: 'failed' },
      opened: ['c1'],
      corrected_response: 'Better',
      failure_category: 'wrong_answer',
      note: 'why',
      expected: 4,
    })
  })

  it('share the fault and the corrected reference, which come back with an undo', async () => {
    const said = { fault: 'reference_wrong', reference: '["Rome"]', corrected_reference: ['Rome'] } as const
    const passed = card('c3', { outcome: 'passed' })
    const { server, desk, bulk } = await begun({ kind: 'like', item: passed, text: null, ...said })
    await bulk.confirm({ action: 'accept', category: null, note: '', fault: 'reference_wrong' })
    expect(server.to('POST /bulk')[1]!.body).toEqual({
      action: 'accept',
      queue: { like: 'c3', outcome: 'passed' },
      opened: ['c3'],
      check_fault: 'reference_wrong',
      corrected_reference: ['Rome'],
      expected: 4,
    })
    await desk.undo()
    expect(loadDraft('c3')).toMatchObject({ fault: 'reference_wrong', reference: '["Rome"]' })
  })

  it('give the typed text back when they are undone, to the card it was typed on', async () => {
    const { desk, bulk } = await begun({ kind: 'like', item: card('c3'), text: 'Better' })
    await bulk.confirm({ ...choice, action: 'correct' })
    expect(loadDraft('c3')).toBeNull()
    await desk.undo()
    expect(desk.current?.id).toBe('c3')
    expect(loadDraft('c3')).toEqual({
      editing: false,
      text: 'Better',
      category: 'wrong_answer',
      note: 'why',
    })
  })

  it('give it back to a card that is not at hand, and to none that was decided anew', async () => {
    const far = await begun({ kind: 'like', item: card('far'), text: 'Better' })
    let status: 'needs_review' | 'approved' = 'needs_review'
    far.server.routes['GET /card far'] = () => ({ json: card('far', { status }) })
    await far.bulk.confirm({ ...choice, action: 'correct' })
    await far.desk.undo()
    expect(far.desk.current?.id).toBe('far')
    status = 'approved'
    await far.bulk.preview(choice)
    far.bulk.begin({ kind: 'like', item: card('far'), text: 'Again' })
    await far.bulk.preview(choice)
    await far.bulk.confirm({ ...choice, action: 'correct' })
    await far.desk.undo()
    expect(loadDraft('far')).toBeNull()
  })

  it('leave the screen without a word about somebody else', async () => {
    const { desk, bulk } = await begun({ kind: 'like', item: card('c1'), text: null })
    await bulk.confirm(choice)
    expect(desk.current).toBeNull()
    expect(useToastStore().toast).toMatchObject({ kind: 'action' })
    expect(desk.queue.total).toBe(0)
  })

  it('come back by one undo, the card that was on screen first', async () => {
    const { desk, bulk } = await begun({ kind: 'like', item: card('c3'), text: null })
    await bulk.confirm(choice)
    await desk.undo()
    expect(desk.current?.id).toBe('c3')
  })
})

it('decided cards get another category and the queue stays as it is', async () => {
  const decided = { ...NO_DECIDED_FILTERS, status: 'discarded' } as const
  const { server, desk, bulk } = await begun({ kind: 'decided', filters: decided })
  await bulk.confirm({ action: 'recategorise', category: null, note: 'not sent' })
  expect(server.to('POST /bulk')[1]!.body).toEqual({
    action: 'recategorise',
    decided: { status: 'discarded' },
    failure_category: null,
    expected: 4,
  })
  expect(desk.queue.items).toHaveLength(4)
  expect(useSessionStore().decided).toBe(0)
})

it.each([
  [undefined, {}],
  [null, { check_fault: null, corrected_reference: null }],
  ['harness_fault', { check_fault: 'harness_fault' }],
] as const)('decided cards keep, lose or get a fault: %s', async (fault, sent) => {
  const { server, bulk } = await begun({ kind: 'decided', filters: NO_DECIDED_FILTERS })
  await bulk.confirm({ action: 'recategorise', category: 'wrong_answer', note: '', fault })
  expect(server.to('POST /bulk')[1]!.body).toEqual({
    action: 'recategorise',
    decided: {},
    failure_category: 'wrong_answer',
    expected: 4,
    ...sent,
  })
})

it.each([
  ['harness_fault', { check_fault: 'harness_fault' }, 'harness_fault'],
  [null, { check_fault: null, corrected_reference: null }, 'none'],
] as const)(
  'decided cards get the fault %s alone and keep their category',
  async (fault, sent, not_check_fault) => {
    const { server, bulk } = await begun({ kind: 'decided', filters: NO_DECIDED_FILTERS })
    const choice = { action: 'recategorise', category: undefined, note: '', fault } as const
    await bulk.preview(choice)
    expect(Object.fromEntries(server.to('GET /decisions').at(-1)!.url.searchParams)).toEqual({
      not_check_fault,
      per_page: '5',
    })
    await bulk.confirm(choice)
    const body = { action: 'recategorise', decided: {}, expected: 4, ...sent }
    expect(server.to('POST /bulk').at(-1)!.body).toEqual(body)
  },
)

it('the sentence of a server that refuses is the one that is shown', async () => {
  const { server, bulk } = await begun({ kind: 'queue', filters: { ...filters, outcome: 'any' } })
  const detail = 'These cards have more than one outcome: 3 failed, 1 passed.'
  server.routes['POST /bulk'] = () => ({ status: 422, json: { code: 'invalid_request', detail } })
  expect(await bulk.confirm(choice)).toBe(false)
  expect(bulk.error?.message).toBe(detail)
})
