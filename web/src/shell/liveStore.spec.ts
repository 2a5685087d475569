import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useBulkStore } from '@/review/bulkStore'
import { saveDraft } from '@/review/drafts'
import { NO_FILTERS } from '@/review/queueFilters'
import { useSftStore } from '@/review/sft'
import { useRunsStore } from '@/runs/runsStore'
import { fakeEvents, fakeServer } from '@/testing/fakeServer'
import {
  card,
  cards,
  config,
  desk as state,
  news,
  queuePage,
  run,
  stats,
  undoneVerdict,
} from '@/testing/fixtures'
import { FIRST_RETRY_MS, SETTLE_MS, useLiveStore } from './liveStore'
import { useToastStore } from './toastStore'

type Routes = Parameters<typeof fakeServer>[0]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => useLiveStore().stop())

/** A page with three cards to review that has received the desk's state once. */
async function listening(more: Routes = {}) {
  const waiting = cards(3)
  const events = fakeEvents()
  const routes: Routes = {
    'GET /queue': () => ({ json: queuePage(waiting) }),
    'GET /stats': () => ({ json: stats() }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    'GET /card c1': () => ({ json: card('c1', { status: 'discarded' }) }),
    'POST /submit': ({ body }) => ({
      json: {
        ok: true,
        id: (body as { id: string }).id,
        status: 'approved',
        failure_category: null,
        decision_id: 7,
      },
    }),
    ...more,
  }
  const server = fakeServer(routes)
  const live = useLiveStore()
  const desk = useSftStore()
  await desk.open(NO_FILTERS)
  await useRunsStore().loadConfig()
  live.start()
  events.tell(state())
  await flushPromises()
  const settle = async () => {
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 50)
    await flushPromises()
  }
  return { events, server, live, desk, waiting, settle, said: () => useToastStore().toast }
}

describe('another tab or person', () => {
  it('takes the card on screen away with a message, when nothing was typed for it', async () => {
    const { events, desk, said } = await listening()
    events.tell(state({ decision_id: 5, decisions: [news(5, 'c1')] }))
    await flushPromises()
    expect(desk.current?.id).toBe('c2')
    expect(said()).toMatchObject({ text: 'Card c1 has left the queue: anna discarded it.', moved: true })
  })

  it('never takes typed text off the screen', async () => {
    const { events, desk, waiting, settle } = await listening()
    saveDraft('c1', { editing: true, text: 'Mine', category: null, note: '' })
    waiting.shift()
    events.tell(state({ decision_id: 5, decisions: [news(5, 'c1', { action: 'flag' })] }))
    await flushPromises()
    await settle()
    expect(desk.current?.id).toBe('c1')
    expect(desk.elsewhere).toEqual({ id: 'c1', by: 'anna', action: 'flag' })
    await desk.skip()
    expect(desk.current?.id).toBe('c2')
    expect(desk.queue.items.map(({ id }) => id)).toEqual(['c2', 'c3'])
  })

  it('takes a later card away without a message', async () => {
    const { events, desk, said } = await listening()
    events.tell(state({ decision_id: 5, decisions: [news(5, 'c3')] }))
    await flushPromises()
    expect(desk.queue.items.map(({ id }) => id)).toEqual(['c1', 'c2'])
    expect(said()).toBeNull()
  })

  it('goes by the last of several decisions on a card', async () => {
    const { events, desk } = await listening()
    const undone = news(6, 'c1', { action: 'undo', status: 'needs_review' })
    events.tell(state({ decision_id: 6, decisions: [news(5, 'c1'), undone] }))
    await flushPromises()
    expect(desk.current?.id).toBe('c1')
  })

  it('is not this page: its own decisions are no news, not even before they are answered', async () => {
    const { events, desk, said } = await listening()
    const sent = desk.submit({ id: 'c1', action: 'accept' })
    events.tell(
      state({ decision_id: 7, decisions: [news(7, 'c1', { action: 'accept', status: 'approved' })] }),
    )
    await sent
    await vi.advanceTimersByTimeAsync(100)
    expect(desk.current?.id).toBe('c2')
    expect(said()).toMatchObject({ kind: 'action' })
  })

  it('is not this page when a decision is undone before news of it is handled', async () => {
    const undone = undoneVerdict()
    const { events, desk, settle } = await listening({
      'POST /undo': () => ({ json: { ok: true, id: 'c1', status: 'needs_review', undone } }),
    })
    const decided = desk.submit({ id: 'c1', action: 'discard' })
    events.tell(state({ decision_id: 7, decisions: [news(7, 'c1')] }))
    await decided
    await desk.undo()
    expect(desk.current?.id).toBe('c1')
    await settle()
    expect(desk.current?.id).toBe('c1')
  })

  it('is not this page when a bulk step is undone before news of it is handled', async () => {
    const { events, desk, waiting, settle, said } = await listening({
      'POST /bulk': () => ({ json: { batch_id: 'b1', count: 3, verdicts: [] } }),
      'POST /bulk/b1/undo': () => ({ json: { batch_id: 'b1', count: 3, left: 0 } }),
    })
    const all = waiting.splice(0)
    const bulk = useBulkStore()
    bulk.begin({ kind: 'queue', filters: { ...NO_FILTERS } })
    bulk.count = 3
    const done = bulk.confirm({ action: 'flag', category: null, note: '' })
    const flagged = all.map(({ id }, at) => news(5 + at, id, { action: 'flag', batch_id: 'b1' }))
    events.tell(state({ decision_id: 7, decisions: flagged }))
    await done
    waiting.push(...all)
    await desk.undo()
    await settle()
    expect(desk.queue.items.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3'])
    expect(said()).toMatchObject({ text: 'Undone. 3 cards are as before.' })
  })

  it('brings what it undid back into the queue', async () => {
    const { events, desk, waiting, settle } = await listening()
    await desk.submit({ id: 'c1', action: 'accept' })
    expect(desk.queue.items.map(({ id }) => id)).toEqual(['c2', 'c3'])
    expect(waiting).toHaveLength(3)
    events.tell(
      state({ decision_id: 8, decisions: [news(8, 'c1', { action: 'undo', status: 'needs_review' })] }),
    )
    await settle()
    expect(desk.queue.items.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3'])
    expect(desk.current?.id).toBe('c2')
  })

  it('makes the counts right at once', async () => {
    const { events, desk } = await listening()
    events.tell(state({ by_status: { needs_review: 1, approved: 2, discarded: 0, model_rejected: 0 } }))
    expect(desk.stats?.by_status['approved']).toBe(2)
  })
})

describe('a new import', () => {
  const imported = { run_id: 'run-2', state: 'imported', read: 12, bytes_read: 9, bytes_total: 9 }

  it('is said once it is done, with all of its cards, and fills the queue', async () => {
    const { events, desk, waiting, settle, said } = await listening()
    events.tell(state({ total: 9, imports: [{ ...imported, state: 'importing' }] }))
    expect(said()).toBeNull()
    waiting.push(card('c4'))
    events.tell(state({ total: 15, imports: [imported] }))
    expect(said()).toMatchObject({ text: '12 new cards from run run-2.' })
    await settle()
    expect(desk.queue.items.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3', 'c4'])
  })

  it('that this page asked for is told by its own page', async () => {
    const { events, said } = await listening()
    useRunsStore().importing = ['run-2']
    events.tell(state({ total: 15, imports: [imported] }))
    expect(said()).toBeNull()
  })

  it('before the stream was there is seen as well', async () => {
    const { live, desk, waiting } = await listening()
    live.stop()
    live.$reset()
    waiting.push(card('c4'))
    live.start()
    live.hear(state({ total: 4, by_status: { needs_review: 4 } }))
    await vi.advanceTimersByTimeAsync(SETTLE_MS + 50)
    expect(desk.queue.items).toHaveLength(4)
  })

  it('shows how far it is without asking for the runs again and again', async () => {
    const importing = run('run-2', { state: 'importing', bytes_read: 1 })
    const { events, server } = await listening({ 'GET /runs': () => ({ json: [importing] }) })
    const runs = useRunsStore()
    await runs.load()
    runs.watchImports()
    for (const bytes_read of [20, 40, 60]) {
      events.tell(state({ imports: [{ ...imported, state: 'importing', bytes_read, bytes_total: 100 }] }))
      await vi.advanceTimersByTimeAsync(700)
    }
    expect(runs.runs[0]?.bytes_read).toBe(60)
    expect(server.to('GET /runs')).toHaveLength(1)
    events.tell(state({ imports: [imported] }))
    await flushPromises()
    expect(server.to('GET /runs')).toHaveLength(2)
  })
})

describe('a lost server', () => {
  it('is said, tried again with longer and longer pauses, and what happened meanwhile is read', async () => {
    const { events, live, desk, waiting, said } = await listening()
    fakeServer({})
    events.fail()
    await vi.advanceTimersByTimeAsync(0)
    expect(live.status).toBe('lost')
    await desk.submit({ id: 'c1', action: 'accept' })
    expect(desk.error?.code).toBe('lost_server')
    await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS)
    expect(events.opened).toHaveLength(2)
    events.fail()
    await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS)
    expect(events.opened).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(FIRST_RETRY_MS)
    expect(events.opened).toHaveLength(3)
    waiting.splice(1, 1)
    fakeServer({
      'GET /queue': () => ({ json: queuePage(waiting) }),
      'GET /stats': () => ({ json: stats() }),
      'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    })
    events.tell(state({ decision_id: 9 }))
    await flushPromises()
    expect(live.status).toBe('live')
    expect(said()).toMatchObject({ text: 'The desk answers again.' })
    expect(desk.error).toBeNull()
    expect(desk.queue.items.map(({ id }) => id)).toEqual(['c1', 'c3'])
  })

  it('that only refuses says why', async () => {
    const { events, live } = await listening()
    fakeServer({ 'GET /stats': () => ({ status: 401, json: {} }) })
    events.fail()
    await vi.advanceTimersByTimeAsync(0)
    expect(live.status).toBe('lost')
    expect(live.problem).toContain('?token=')
  })

  it('is not said when only the stream broke', async () => {
    const { events, live } = await listening()
    events.fail()
    await vi.advanceTimersByTimeAsync(0)
    expect(live.status).toBe('deaf')
  })
})

it('gives its connection back while nobody looks, and catches up after', async () => {
  const { events, live, desk, waiting } = await listening()
  live.watch(false)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(events.opened[0]?.closed).toBe(true)
  waiting.shift()
  live.watch(true)
  events.tell(state({ decision_id: 5 }))
  await flushPromises()
  expect(desk.current?.id).toBe('c2')
})
