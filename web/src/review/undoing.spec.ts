import { describe, expect, it } from 'vitest'
import { useToastStore } from '@/shell/toastStore'
import { fakeServer, gate } from '@/testing/fakeServer'
import {
  card,
  cards,
  config,
  decidedPage,
  decision,
  queuePage,
  stats,
  undoneVerdict,
} from '@/testing/fixtures'
import { opened } from '@/testing/openDesk'
import { loadDraft } from './drafts'
import { NO_FILTERS } from './queueFilters'
import { useSftStore } from './sft'

describe('undo beyond this session', () => {
  /** A page just loaded: nothing was decided on it, but the server knows these decisions. */
  function reloaded(newest: ReturnType<typeof decision>[], status = 'needs_review') {
    const lists = { tags: ['units'], must: ['kg'], must_not: [] }
    const undone = undoneVerdict({ action: 'correct', corrected_response: 'Mine', ...lists })
    return fakeServer({
      'GET /config': () => ({ json: config }),
      'GET /stats': () => ({ json: stats() }),
      'GET /queue': () => ({ json: queuePage(cards(2)) }),
      'GET /decisions': () => ({ json: decidedPage(newest) }),
      'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
      'GET /card c9': () => ({ json: card('c9', { status: 'needs_review' }) }),
      'POST /undo': () => ({ json: { ok: true, id: 'c9', status, undone } }),
      'POST /bulk/b1/undo': () => ({ json: { ok: true, count: 142, left: 0 } }),
    })
  }

  it('takes back this reviewer’s newest decision, says which, and keeps its text', async () => {
    const server = reloaded([decision(9, { action: 'correct', failure_category: 'wrong_answer' })])
    const store = useSftStore()
    await store.open(NO_FILTERS)
    expect(await store.undo()).toBe(true)
    expect(Object.fromEntries(server.to('GET /decisions')[0]!.url.searchParams)).toEqual({
      reviewer: 'ada',
      per_page: '1',
    })
    expect(server.to('POST /undo')[0]!.body).toEqual({ id: 'c9', decision_id: 9 })
    expect(store.current?.id).toBe('c9')
    expect(loadDraft('c9')).toMatchObject({
      text: 'Mine',
      category: 'wrong_answer',
      tags: ['units'],
      must: ['kg'],
    })
    expect(loadDraft('c9')).not.toHaveProperty('must_not')
    expect(useToastStore().toast).toMatchObject({ text: 'Undone. Card c9 is back, not corrected any more.' })
  })

  it('takes back as one what was decided as one', async () => {
    const server = reloaded([decision(9, { batch_id: 'b1' })])
    await useSftStore().undo()
    expect(server.to('POST /bulk/b1/undo')).toHaveLength(1)
    expect(useToastStore().toast).toMatchObject({ text: 'Undone. 142 cards are as before.' })
  })

  it('gives the text back that went to all of them', async () => {
    reloaded([decision(9, { batch_id: 'b1', action: 'correct', corrected_response: 'Mine', note: 'why' })])
    const store = useSftStore()
    await store.open(NO_FILTERS)
    await store.undo()
    expect(store.current?.id).toBe('c9')
    expect(loadDraft('c9')).toMatchObject({ text: 'Mine', note: 'why' })
  })

  it('gives the corrected reference back that went to all of them', async () => {
    const said = { check_fault: 'reference_wrong', corrected_reference: 'Rome', must_not: ['Paris'] } as const
    reloaded([decision(9, { batch_id: 'b1', action: 'accept', ...said, must_not: [...said.must_not] })])
    const store = useSftStore()
    await store.open(NO_FILTERS)
    await store.undo()
    expect(loadDraft('c9')).toMatchObject({
      text: null,
      fault: 'reference_wrong',
      reference: 'Rome',
      must_not: ['Paris'],
    })
  })

  it('says so when nothing of this reviewer’s stands', async () => {
    const server = reloaded([])
    expect(await useSftStore().undo()).toBe(false)
    expect(server.to('POST /undo')).toHaveLength(0)
    expect(useToastStore().toast).toMatchObject({
      text: expect.stringContaining('nothing to undo') as string,
    })
  })

  it('never takes a colleague’s later decision back', async () => {
    const json = { code: 'stale_revision', detail: 'Another decision stands.', reviewer: 'anna' }
    const { store } = await opened(cards(2), { undo: { status: 409, json } })
    await store.submit({ id: 'c1', action: 'discard' })
    expect(await store.undo()).toBe(false)
    expect(store.history).toEqual([])
    expect(useToastStore().toast).toMatchObject({
      text: 'Card c1 was decided anew by anna since; that stays as it is.',
    })
  })
})

describe('reading the queue again', () => {
  it('keeps the card on screen, the skipped ones before it, and forgets what is gone', async () => {
    const waiting = cards(5)
    fakeServer({
      'GET /stats': () => ({ json: stats() }),
      'GET /queue': () => ({ json: queuePage(waiting) }),
    })
    const store = useSftStore()
    await store.open(NO_FILTERS)
    await store.skip()
    await store.skip()
    waiting.splice(0, 1)
    waiting.push(card('new'))
    await store.resync()
    expect(store.queue.items.map(({ id }) => id)).toEqual(['c2', 'c3', 'c4', 'c5', 'new'])
    expect(store.current?.id).toBe('c3')
    expect(store.queue.total).toBe(5)
  })

  it('does not bring a card back that was decided while it was asked', async () => {
    const slow = gate<boolean>()
    const { store } = await opened(cards(3))
    fakeServer({
      'GET /stats': () => ({ json: stats() }),
      'GET /queue': async () => {
        await slow.passed
        return { json: queuePage(cards(3)) }
      },
      'POST /submit': () => ({
        json: { ok: true, id: 'c1', status: 'approved', failure_category: null, decision_id: 1 },
      }),
    })
    const reading = store.resync()
    await store.submit({ id: 'c1', action: 'accept' })
    slow.open(true)
    await reading
    expect(store.queue.items.map(({ id }) => id)).toEqual(['c2', 'c3'])
    expect(store.queue.total).toBe(2)
  })

  it('keeps a card that was brought back and does not match the filters', async () => {
    const { store } = await opened(cards(2))
    store.putBack(card('other'))
    fakeServer({
      'GET /queue': () => ({ json: queuePage(cards(2)) }),
      'GET /card other': () => ({ json: card('other') }),
    })
    await store.resync()
    expect(store.current?.id).toBe('other')
  })
})
