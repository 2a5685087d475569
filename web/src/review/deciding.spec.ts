import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { SftSubmitRequest } from '@/api/types'
import { useToastStore } from '@/shell/toastStore'
import { fakeServer, gate } from '@/testing/fakeServer'
import { cards, queuePage, stats, undoneVerdict } from '@/testing/fixtures'
import { loadDraft, saveDraft } from './drafts'
import { NO_FILTERS } from './queueFilters'
import { useSessionStore } from './sessionStore'
import { useSftStore } from './sft'

type Answer = { status?: number; json: unknown }

const lost = { status: 507, json: { code: 'disk_full', detail: 'The disk is full.' } }
const taken = { status: 409, json: { code: 'already_decided', detail: 'Decided.', reviewer: 'anna' } }

/** A desk that answers a submit only when told to, and as told. */
async function slowDesk(count = 5) {
  const gates: ReturnType<typeof gate<Answer | null>>[] = []
  const decided = new Set<string>()
  const server = fakeServer({
    'GET /stats': () => ({ json: stats() }),
    'GET /queue': () => ({ json: queuePage(cards(count).filter(({ id }) => !decided.has(id))) }),
    'POST /submit': async ({ body }) => {
      const { id } = body as SftSubmitRequest
      const mine = gate<Answer | null>()
      gates.push(mine)
      const refusal = await mine.passed
      if (refusal) return refusal
      decided.add(id)
      const json = { ok: true, id, status: 'approved', failure_category: null, decision_id: decided.size }
      return { json }
    },
    'POST /undo': ({ body }) => {
      const { id } = body as { id: string }
      decided.delete(id)
      const undone = undoneVerdict()
      return { json: { ok: true, id, status: 'needs_review', undone } }
    },
  })
  const store = useSftStore()
  await store.open(NO_FILTERS)
  return {
    server,
    store,
    said: () => useToastStore().toast,
    ids: () => store.queue.items.map(({ id }) => id),
    sent: () => server.to('POST /submit').map(({ body }) => (body as SftSubmitRequest).id),
    discard: (id: string) => store.submit({ id, action: 'discard' }),
    answer: async (refusal: Answer | null = null) => {
      gates.shift()!.open(refusal)
      await flushPromises()
    },
  }
}

describe('while the server has not answered', () => {
  it('the next card is there at once, and nothing is said to be done', async () => {
    const { store, said, discard, answer } = await slowDesk()
    saveDraft('c1', { editing: false, text: null, category: 'wrong_answer', note: '' })
    void discard('c1')
    expect(store.current?.id).toBe('c2')
    await flushPromises()
    expect([said(), store.history, useSessionStore().decided]).toEqual([null, [], 0])
    expect(loadDraft('c1')?.category).toBe('wrong_answer')
    await answer()
    expect(said()).toMatchObject({ kind: 'action', last: { item: { id: 'c1' } } })
    expect([store.history.length, useSessionStore().decided, store.line.waiting.length]).toEqual([1, 1, 0])
    expect(loadDraft('c1')).toBeNull()
  })

  it('decisions go out in order, one at a time', async () => {
    const { store, sent, discard, answer } = await slowDesk()
    for (const id of ['c1', 'c2', 'c3']) void discard(id)
    await flushPromises()
    expect(sent()).toEqual(['c1'])
    expect(store.current?.id).toBe('c4')
    await answer()
    expect(sent()).toEqual(['c1', 'c2'])
    await answer()
    await answer()
    expect(sent()).toEqual(['c1', 'c2', 'c3'])
    expect([store.queue.decidedHere, store.queue.total]).toEqual([3, 2])
  })

  it('nobody gets further ahead of the desk than the limit', async () => {
    const { store, discard } = await slowDesk(20)
    for (let n = 1; n <= 8; n += 1) void discard(`c${n}`)
    expect(store.submitting).toBe(false)
    void discard('c9')
    expect([store.current?.id, store.submitting]).toEqual(['c9', true])
    expect(await discard('c10')).toBe(false)
  })

  it('a card stays on screen when the desk is known to be away', async () => {
    const { store, answer } = await slowDesk()
    const done = store.submit({ id: 'c1', action: 'accept' }, true)
    await flushPromises()
    expect([store.current?.id, store.submitting]).toEqual(['c1', true])
    await answer()
    expect(await done).toBe(true)
    expect([store.current?.id, store.submitting, store.queue.decidedHere]).toEqual(['c2', false, 1])
  })

  it('a queue that is read again does not bring the card back', async () => {
    const { store, ids, discard, answer } = await slowDesk()
    void discard('c1')
    const reading = store.resync()
    await flushPromises()
    await answer()
    await reading
    expect([ids(), store.queue.total]).toEqual([['c2', 'c3', 'c4', 'c5'], 4])
  })

  it('a request may outlive the page, if it is short enough for the browser', async () => {
    const { store } = await slowDesk()
    const keepalive: boolean[] = []
    const ask = globalThis.fetch
    globalThis.fetch = (request) => {
      keepalive.push((request as Request).keepalive)
      return ask(request)
    }
    const request = { action: 'correct', failure_category: null } as const
    void store.submit({ ...request, id: 'c1', corrected_response: 'short' })
    await flushPromises()
    expect(keepalive).toEqual([true])
    globalThis.fetch = ask
  })
})

describe('a decision that is refused', () => {
  it('brings its card back to the head, and those decided after it in order; nothing is sent twice', async () => {
    const { store, said, ids, sent, discard, answer } = await slowDesk()
    saveDraft('c1', { editing: false, text: null, category: 'hallucination', note: 'why' })
    const answers = Promise.all([discard('c1'), discard('c2'), discard('c3')])
    saveDraft('c4', { editing: true, text: 'Begun', category: null, note: '' })
    await flushPromises()
    await answer(lost)
    expect(await answers).toEqual([false, false, false])
    expect(ids()).toEqual(['c1', 'c2', 'c3', 'c4', 'c5'])
    expect(store.current?.id).toBe('c1')
    expect([...store.resumed.keys()]).toEqual(['c1', 'c2', 'c3'])
    expect(store.error?.message).toBe(
      'The disk is full. The 2 decisions after it were not sent: their cards are back as well.',
    )
    expect([loadDraft('c1')?.note, loadDraft('c4')?.text]).toEqual(['why', 'Begun'])
    expect([sent(), said(), store.history]).toEqual([['c1'], null, []])
    expect([store.queue.total, store.queue.decidedHere, store.comebacks]).toEqual([5, 0, 1])
  })

  it('goes out again when it is decided again, and waits for the answer this time', async () => {
    const { store, sent, discard, answer } = await slowDesk()
    void discard('c1')
    await flushPromises()
    await answer(lost)
    void discard('c1')
    await flushPromises()
    expect([store.current?.id, store.submitting]).toEqual(['c1', true])
    await answer()
    expect([store.current?.id, sent(), store.resumed.size]).toEqual(['c2', ['c1', 'c1'], 0])
    void discard('c2')
    expect(store.current?.id).toBe('c3')
  })

  it('holds the one back that waits on screen, too', async () => {
    const { store, ids, sent, discard, answer } = await slowDesk()
    void discard('c1')
    void store.submit({ id: 'c2', action: 'flag' }, true)
    await flushPromises()
    await answer(lost)
    expect([ids().slice(0, 2), store.submitting, sent()]).toEqual([['c1', 'c2'], false, ['c1']])
    expect(store.resumed.get('c2')).toBe('flag')
  })

  it('because somebody was faster: that card leaves, those after it come back', async () => {
    const { store, said, ids, discard, answer } = await slowDesk()
    void discard('c1')
    void discard('c2')
    await flushPromises()
    await answer(taken)
    expect(ids()).toEqual(['c2', 'c3', 'c4', 'c5'])
    expect(said()).toMatchObject({
      text: 'Card c1 has left the queue: it was already decided by anna. The decision after it was not sent: its card is back as well.',
    })
    expect([store.error, store.queue.total, store.queue.decidedHere]).toEqual([null, 4, 0])
  })
})

describe('undo while a decision is on its way', () => {
  it('waits for it, and takes it back', async () => {
    const { server, store, discard, answer } = await slowDesk()
    void discard('c1')
    const undone = store.undo()
    await flushPromises()
    expect(server.to('POST /undo')).toHaveLength(0)
    expect(await discard('c2')).toBe(false)
    await answer()
    expect(await undone).toBe(true)
    expect(store.current?.id).toBe('c1')
  })

  it.each([lost, taken])('takes no other decision back when that one was refused: %o', async (refusal) => {
    const { server, store, discard, answer } = await slowDesk()
    void discard('c1')
    await flushPromises()
    await answer()
    void discard('c2')
    const undone = store.undo()
    await flushPromises()
    await answer(refusal)
    expect(await undone).toBe(false)
    expect(server.to('POST /undo')).toHaveLength(0)
    expect([store.history.length, store.submitting]).toEqual([1, false])
  })
})

it('the pace is that of the person, not that of the server', async () => {
  const { discard, answer } = await slowDesk()
  const before = Date.now()
  void discard('c1')
  const { now } = Date
  Date.now = () => before + 60_000
  await flushPromises()
  await answer()
  Date.now = now
  expect(useSessionStore().steps[0]!.at).toBeLessThan(before + 30_000)
})
