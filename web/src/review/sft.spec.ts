import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { useToastStore } from '@/shell/toastStore'
import { fakeServer, gate } from '@/testing/fakeServer'
import { card, cards, queuePage, stats } from '@/testing/fixtures'
import { desk, opened } from '@/testing/openDesk'
import { loadDraft, saveDraft } from './drafts'
import { NO_FILTERS } from './queueFilters'
import { useSftStore } from './sft'

const correction = {
  id: 'c1',
  action: 'correct',
  corrected_response: 'Better',
  failure_category: 'wrong_answer',
} as const

describe('the queue', () => {
  it('keeps at least the next three cards at hand and refills by keyset before they run out', async () => {
    const { server, store } = await opened(cards(60))
    for (let n = 0; n < 45; n += 1) {
      await store.submit({ id: store.current!.id, action: 'accept' })
      await flushPromises()
      expect(store.queue.items.length).toBeGreaterThanOrEqual(4)
    }
    expect(store.current?.id).toBe('c46')
    expect(server.to('GET /queue').map(({ url }) => url.searchParams.get('after'))).toEqual([
      null,
      'c20',
      'c40',
    ])
  })

  it('goes on after a page that long texts ended early', async () => {
    const all = cards(5)
    const server = fakeServer({
      'GET /stats': () => ({ json: stats() }),
      'GET /queue': ({ url }) => {
        const from = all.findIndex(({ id }) => id === url.searchParams.get('after')) + 1
        const items = all.slice(from, from + 2)
        return { json: queuePage(items, { total: 5, per_page: items.length || 20 }) }
      },
    })
    const store = useSftStore()
    await store.open(NO_FILTERS)
    for (let n = 0; n < 4; n += 1) await store.skip()
    await flushPromises()
    expect(store.queue.items.map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    expect(store.current?.id).toBe('c5')
    await store.skip()
    expect(store.current?.id).toBe('c1')
    expect(store.queue.exhausted).toBe(true)
    expect(server.to('GET /queue')).toHaveLength(4)
  })

  it('shows no card twice when a page overlaps what is at hand', async () => {
    const { store } = await opened(cards(5))
    store.takePage(queuePage(cards(6)))
    expect(store.queue.items.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3', 'c4', 'c5', 'c6'])
  })

  it('starts over when the card it stood at is gone', async () => {
    const server = fakeServer({
      'GET /stats': () => ({ json: stats() }),
      'GET /queue': ({ url }) =>
        url.searchParams.has('after')
          ? { status: 404, json: { code: 'not_found', detail: 'There is no such card.' } }
          : {
              json: queuePage(cards(url.searchParams.get('per_page') === '20' ? 20 : 22), { per_page: 40 }),
            },
    })
    const store = useSftStore()
    store.takePage(queuePage(cards(3), { total: 22, per_page: 3 }))
    await store.refill()
    expect(store.queueError).toBeNull()
    expect(store.queue.items).toHaveLength(22)
    expect(server.to('GET /queue')).toHaveLength(2)
  })

  it('sends the filters and drops an answer that came for the ones before', async () => {
    const slow = gate<boolean>()
    const server = fakeServer({
      'GET /stats': () => ({ json: stats() }),
      'GET /queue': async ({ url }) => {
        const model = url.searchParams.get('model_name')
        if (!model) await slow.passed
        return { json: queuePage([card(model ?? 'old')]) }
      },
    })
    const store = useSftStore()
    const first = store.open(NO_FILTERS)
    await store.open({ ...NO_FILTERS, model_name: ['m'], order: 'lowest_score' })
    slow.open(true)
    await first
    expect(store.queue.items.map(({ id }) => id)).toEqual(['m'])
    expect(server.to('GET /queue')[1]!.url.searchParams.get('order')).toBe('lowest_score')
  })

  it('skips to the next card, comes back, and goes round to the skipped ones at the end', async () => {
    const { store } = await opened(cards(3))
    await store.skip()
    expect(store.current?.id).toBe('c2')
    expect(store.back()).toBe(true)
    expect(store.current?.id).toBe('c1')
    expect(store.back()).toBe(false)
    await store.skip()
    await store.skip()
    await store.skip()
    expect(store.current?.id).toBe('c1')
  })

  it('says so when there is no other card to skip to', async () => {
    const { store } = await opened(cards(1))
    expect(await store.skip()).toBe(false)
    expect(store.current?.id).toBe('c1')
    expect(useToastStore().toast).toMatchObject({ kind: 'notice' })
  })

  it('tells when the queue cannot be read, and reads it when asked again', async () => {
    fakeServer({ 'GET /stats': () => ({ json: stats() }) })
    const store = useSftStore()
    await store.open(NO_FILTERS)
    expect(store.queueError?.code).toBe('lost_server')
    desk(cards(2))
    await store.open(NO_FILTERS)
    expect(store.queueError).toBeNull()
    expect(store.current?.id).toBe('c1')
  })
})

describe('submit', () => {
  it('a chip chosen before correcting appears in the submitted payload', async () => {
    const { server, store } = await opened(cards(2))
    await store.submit(correction)
    expect(server.to('POST /submit')[0]!.body).toEqual(correction)
  })

  it('a correction without one sends null', async () => {
    const { server, store } = await opened(cards(2))
    await store.submit({ ...correction, failure_category: null })
    expect(server.to('POST /submit')[0]!.body).toMatchObject({ failure_category: null })
  })

  it('a double click submits once', async () => {
    const { server, store } = await opened(cards(2))
    const answers = await Promise.all([store.submit(correction), store.submit(correction)])
    expect(answers).toEqual([true, false])
    expect(server.to('POST /submit')).toHaveLength(1)
    expect(store.current?.id).toBe('c2')
  })

  it('never sends a card that has left the queue', async () => {
    const { server, store } = await opened(cards(2))
    await store.submit(correction)
    expect(await store.submit(correction)).toBe(false)
    expect(server.to('POST /submit')).toHaveLength(1)
  })

  it('moves on, remembers what was done, and forgets the draft', async () => {
    const { store } = await opened(cards(2))
    saveDraft('c1', { editing: true, text: 'Better', category: null, note: '' })
    await store.submit(correction)
    expect(store.current?.id).toBe('c2')
    expect(store.queue.total).toBe(1)
    expect(store.lastAction).toMatchObject({ type: 'correct', item: { id: 'c1' }, category: 'wrong_answer' })
    expect(useToastStore().toast).toMatchObject({ kind: 'action', last: { type: 'correct' } })
    expect(loadDraft('c1')).toBeNull()
  })

  it('a failed submit keeps the card and the draft and says why', async () => {
    const detail = 'The disk is full. Free some space and try again.'
    const { store } = await opened(cards(2), { submit: { status: 507, json: { code: 'disk_full', detail } } })
    saveDraft('c1', { editing: true, text: 'Better', category: 'wrong_answer', note: '' })
    expect(await store.submit(correction)).toBe(false)
    expect(store.current?.id).toBe('c1')
    expect(store.error?.message).toBe(detail)
    expect(store.submitting).toBe(false)
    expect(loadDraft('c1')?.text).toBe('Better')
    expect(store.lastAction).toBeNull()
  })

  it('a lost server is said clearly', async () => {
    const { store } = await opened(cards(2))
    fakeServer({})
    await store.submit(correction)
    expect(store.error?.code).toBe('lost_server')
    expect(store.error?.message).toContain('avocet serve')
    expect(store.current?.id).toBe('c1')
  })

  it('an answer that is no JSON of ours is an error, not a success', async () => {
    const { store } = await opened(cards(2), { submit: { status: 502, json: {} } })
    expect(await store.submit(correction)).toBe(false)
    expect(store.error?.message).toContain('502')
  })

  it('a 409 removes the stale card and says so, and keeps what was typed', async () => {
    const json = { code: 'already_decided', detail: 'Decided.', reviewer: 'anna', status: 'discarded' }
    const { store } = await opened(cards(2), { submit: { status: 409, json } })
    saveDraft('c1', { editing: true, text: 'Better', category: null, note: '' })
    await store.submit(correction)
    expect(store.current?.id).toBe('c2')
    expect(store.error).toBeNull()
    expect(useToastStore().toast).toMatchObject({
      kind: 'notice',
      text: expect.stringContaining('decided by anna') as string,
    })
    expect(store.lastAction).toBeNull()
    expect(loadDraft('c1')?.text).toBe('Better')
  })
})

describe('undo', () => {
  it.each(['wrong_answer', null] as const)(
    'undo works whether or not a category was set: %s',
    async (category) => {
      const { server, store } = await opened(cards(2))
      await store.submit({ ...correction, failure_category: category, note: 'why' })
      expect(await store.undo()).toBe(true)
      expect(server.to('POST /undo')[0]!.body).toEqual({ id: 'c1', decision_id: 1 })
      expect(store.current?.id).toBe('c1')
      expect(store.lastAction).toBeNull()
      expect(loadDraft('c1')).toEqual({ editing: false, text: 'Better', category, note: 'why' })
    },
  )

  it('brings the fault of the check and the corrected reference back, each with what it was', async () => {
    const { store } = await opened([card('c1', { reference: 7 }), card('c2', { reference: 'Paris' })])
    const said = { action: 'accept', check_fault: 'reference_wrong' } as const
    await store.submit({ id: 'c1', ...said, corrected_reference: [8, '9'] })
    await store.submit({ id: 'c2', ...said, corrected_reference: 'Rome' })
    await store.undo()
    await store.undo()
    expect(loadDraft('c1')).toMatchObject({ fault: 'reference_wrong', reference: '[\n  8,\n  "9"\n]' })
    expect(loadDraft('c2')).toMatchObject({ fault: 'reference_wrong', reference: 'Rome' })
  })

  it('goes back as deep as this session went, last first', async () => {
    const { store } = await opened(cards(4))
    for (const id of ['c1', 'c2', 'c3']) await store.submit({ id, action: 'discard' })
    const back: (string | undefined)[] = []
    while (await store.undo()) back.push(store.current?.id)
    expect(back).toEqual(['c3', 'c2', 'c1'])
    expect(store.queue.items.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3', 'c4'])
    expect(store.queue.total).toBe(4)
  })

  it('does not bring an accepted answer back as a typed text', async () => {
    const { store } = await opened(cards(2))
    await store.submit({ id: 'c1', action: 'accept' })
    await store.undo()
    expect(loadDraft('c1')).toBeNull()
  })

  it('lets go of what cannot be undone any more and says so', async () => {
    const json = { code: 'nothing_to_undo', detail: 'Somebody undid it already.' }
    const { store } = await opened(cards(2), { undo: { status: 409, json } })
    await store.submit({ id: 'c1', action: 'discard' })
    expect(await store.undo()).toBe(false)
    expect(store.lastAction).toBeNull()
    expect(useToastStore().toast).toMatchObject({
      kind: 'notice',
      text: expect.stringContaining('Somebody undid') as string,
    })
  })

  it('can be tried again when the server did not answer', async () => {
    const { store } = await opened(cards(2))
    await store.submit({ id: 'c1', action: 'discard' })
    fakeServer({})
    expect(await store.undo()).toBe(false)
    expect(store.lastAction?.item?.id).toBe('c1')
    expect(store.error?.code).toBe('lost_server')
  })
})

it('a 409 on a card nobody typed on promises no draft', async () => {
  const json = { code: 'already_decided', detail: 'Decided.' }
  const { store } = await opened(cards(2), { submit: { status: 409, json } })
  await store.submit({ id: 'c1', action: 'accept' })
  expect(useToastStore().toast).toMatchObject({ text: 'Card c1 has left the queue: it was already decided.' })
})

it('counts the position on from what was decided here', async () => {
  const { store } = await opened(cards(4))
  await store.submit({ id: 'c1', action: 'accept' })
  await store.skip()
  expect([
    store.queue.decidedHere + store.queue.position + 1,
    store.queue.decidedHere + store.queue.total,
  ]).toEqual([3, 4])
  await store.undo()
  expect([store.queue.decidedHere, store.queue.total]).toEqual([0, 4])
})
