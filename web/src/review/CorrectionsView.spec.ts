import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { SftQueueItem, SftSubmitRequest } from '@/api/types'
import App from '@/testing/loadedApp'
import { routes } from '@/router'
import { fakeServer, gate } from '@/testing/fakeServer'
import { cards, config, queuePage, run, stats, undoneVerdict } from '@/testing/fixtures'
import { press } from '@/testing/press'
import { stopClock, until } from '@/testing/until'
import { loadDraft, saveDraft } from './drafts'
import { PAUSE_MS } from './useStartled'

vi.mock('./CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

type Routes = Parameters<typeof fakeServer>[0]

function serve(items: SftQueueItem[], more: Routes = {}) {
  const open = new Set(items.map(({ id }) => id))
  return fakeServer({
    'GET /queue': () => {
      const left = items.filter(({ id }) => open.has(id))
      return { json: queuePage(left) }
    },
    'GET /stats': () => ({
      json: stats({ total: 3, by_status: { needs_review: open.size, approved: 3 - open.size } }),
    }),
    'GET /runs': () => ({ json: [run('run-1')] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    'POST /submit': ({ body }) => {
      const { id } = body as SftSubmitRequest
      open.delete(id)
      const { failure_category = null } = body as SftSubmitRequest
      return { json: { ok: true, id, status: 'approved', failure_category, decision_id: 1 } }
    },
    'POST /undo': ({ body }) => {
      const { id } = body as { id: string }
      const undone = undoneVerdict()
      return { json: { ok: true, id, status: 'needs_review', undone } }
    },
    ...more,
  })
}

beforeEach(stopClock)

async function visit(path = '/') {
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const page = mount(App, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  const find = (id: string) => page.find(`[data-testid=${id}]`)
  return {
    page,
    router,
    find,
    cardId: () => find('card').attributes('data-card-id'),
    key: async (key: string) => {
      press(key)
      await flushPromises()
    },
  }
}

describe('reviewing', () => {
  it('goes from card to card, tells what was done and what comes next, and keeps the focus', async () => {
    serve(cards(3))
    const desk = await visit()
    await desk.key('d')
    await desk.key('4')
    await desk.key('d')
    expect(desk.cardId()).toBe('c2')
    const said = desk.page.get('[role=status]').text()
    expect(said).toContain('Discarded Card c1 · Wrong answer')
    expect(said).toContain('Next: Card c2.')
    expect(document.activeElement).toBe(desk.find('card').element)
  })

  it('a chip chosen on one card is not sent with the next', async () => {
    const server = serve(cards(3))
    const desk = await visit()
    for (const key of ['d', '4', 'd', 'f', 'f']) await desk.key(key)
    expect(server.to('POST /submit').map(({ body }) => body)).toEqual([
      { id: 'c1', action: 'discard', failure_category: 'wrong_answer' },
      { id: 'c2', action: 'flag', failure_category: null },
    ])
  })

  it('U and the button in the toast undo; the card comes back as the current one', async () => {
    const server = serve(cards(3))
    const desk = await visit()
    for (const key of ['a', 'd', 'd']) await desk.key(key)
    expect(desk.cardId()).toBe('c3')
    await desk.key('u')
    expect(desk.cardId()).toBe('c2')
    await desk.key('u')
    expect(desk.cardId()).toBe('c1')
    expect(server.to('POST /undo').map(({ body }) => (body as { id: string }).id)).toEqual(['c2', 'c1'])
    await desk.key('a')
    await desk.find('toast-undo').trigger('click')
    await flushPromises()
    expect(desk.cardId()).toBe('c1')
  })

  it('a double click on the first button of a slow server submits once', async () => {
    const slow = gate<boolean>()
    const server = serve(cards(3), {
      'POST /submit': async () => {
        await slow.passed
        return { json: { ok: true, id: 'c1', status: 'approved', failure_category: null, decision_id: 1 } }
      },
    })
    const desk = await visit()
    await desk.find('action-accept').trigger('click')
    await desk.find('action-accept').trigger('click')
    await desk.key('a')
    expect(desk.cardId()).toBe('c2')
    slow.open(true)
    await flushPromises()
    expect(server.to('POST /submit')).toHaveLength(1)
    expect(desk.cardId()).toBe('c2')
  })

  it('a failed submit brings back the card with its category, and keeps what was begun meanwhile', async () => {
    const slow = gate<boolean>()
    const server = serve(cards(3), {
      'POST /submit': async () => {
        await slow.passed
        return { status: 507, json: { code: 'disk_full', detail: 'The disk is full.' } }
      },
    })
    const desk = await visit()
    for (const key of ['d', '4', 'd', 'c']) await desk.key(key)
    expect(desk.cardId()).toBe('c2')
    expect(desk.find('toast').exists()).toBe(false)
    await until(() => desk.find('editor').exists())
    await desk.find('editor').setValue('Begun')
    slow.open(true)
    await flushPromises()
    expect(desk.cardId()).toBe('c1')
    expect(desk.find('error-banner').text()).toContain('The disk is full.')
    expect(desk.find('dock').attributes('data-step')).toBe('discard')
    expect(desk.find('chip-wrong_answer').attributes('data-state')).toBe('on')
    expect(loadDraft('c2')).toMatchObject({ editing: true, text: 'Begun' })
    // The reviewer was still typing when the card came back.
    await desk.key('d')
    expect(server.to('POST /submit')).toHaveLength(1)
    vi.advanceTimersByTime(PAUSE_MS - 1)
    await desk.key('d')
    expect(server.to('POST /submit')).toHaveLength(1)
    vi.advanceTimersByTime(PAUSE_MS)
    await flushPromises()
    await desk.key('d')
    expect(server.to('POST /submit')).toHaveLength(2)
  })

  it('a second press of A so soon was not meant for the next card', async () => {
    const server = serve(cards(3))
    const desk = await visit()
    for (const key of 'aa') await desk.key(key)
    expect(server.to('POST /submit')).toHaveLength(1)
    vi.advanceTimersByTime(250)
    await desk.key('a')
    expect(server.to('POST /submit')).toHaveLength(2)
  })

  it('what is begun on the next card is sent however soon, not a draft that was only opened again', async () => {
    const server = serve(
      cards(3).map((card) => ({ ...card, texts: { ...card.texts, references: ['right'] } })),
    )
    saveDraft('c3', { editing: true, text: 'kept', category: null, note: '' })
    const desk = await visit()
    const sentAfter = async (pause: number, key = 'Shift') => {
      vi.advanceTimersByTime(pause)
      await desk.key(key)
      await until(() => desk.find('submit-correction').exists())
      await desk.find('submit-correction').trigger('click').then(flushPromises)
      return server.to('POST /submit').length
    }
    const sent = [await sentAfter(0, 'r'), await sentAfter(0, 'r'), await sentAfter(0), await sentAfter(250)]
    expect(sent).toEqual([1, 2, 2, 3])
  })

  it('says when saving takes long; the summary of the session waits for the last answer', async () => {
    const slow = gate<boolean>()
    serve(cards(1), {
      'POST /submit': async () => {
        await slow.passed
        return { json: { ok: true, id: 'c1', status: 'approved', failure_category: null, decision_id: 1 } }
      },
    })
    const desk = await visit()
    const leave = () => {
      const event = new Event('beforeunload', { cancelable: true })
      window.dispatchEvent(event)
      return event.defaultPrevented
    }
    expect(leave()).toBe(false)
    await desk.key('a')
    expect(leave()).toBe(true)
    expect(desk.find('saving').exists()).toBe(false)
    await until(() => desk.find('saving').exists())
    expect(desk.find('empty-all-reviewed').exists()).toBe(false)
    slow.open(true)
    await until(() => desk.find('empty-all-reviewed').exists())
    expect(leave()).toBe(false)
  })

  it('a failed submit keeps text, step and category', async () => {
    const json = { code: 'disk_full', detail: 'The disk is full.' }
    serve(cards(3), { 'POST /submit': () => ({ status: 507, json }) })
    const desk = await visit()
    await desk.key('c')
    await until(() => desk.find('editor').exists())
    await desk.find('editor').setValue('Typed')
    await desk.find('chip-hallucination').trigger('click')
    await desk.find('submit-correction').trigger('click')
    await flushPromises()
    expect(desk.cardId()).toBe('c1')
    expect(desk.find('error-banner').text()).toContain('The disk is full.')
    expect((desk.find('editor').element as HTMLTextAreaElement).value).toBe('Typed')
    expect(desk.find('chip-hallucination').attributes('data-state')).toBe('on')
  })

  it('a 409 removes the stale card and says so', async () => {
    const json = { code: 'already_decided', detail: 'Decided.', reviewer: 'anna' }
    serve(cards(3), { 'POST /submit': () => ({ status: 409, json }) })
    const desk = await visit()
    await desk.key('a')
    expect(desk.cardId()).toBe('c2')
    expect(desk.find('toast').text()).toContain('Card c1 has left the queue: it was already decided by anna')
    expect(desk.find('toast-undo').exists()).toBe(false)
  })

  it('drafts survive a reload', async () => {
    serve(cards(3))
    const before = await visit()
    await before.key('c')
    await until(() => before.find('editor').exists())
    await before.find('editor').setValue('Half way')
    await before.find('chip-format_error').trigger('click')
    before.page.unmount()
    const { createPinia, setActivePinia } = await import('pinia')
    setActivePinia(createPinia())
    const after = await visit()
    await until(() => after.find('editor').exists())
    expect((after.find('editor').element as HTMLTextAreaElement).value).toBe('Half way')
    expect(after.find('chip-format_error').attributes('data-state')).toBe('on')
  })

  it('a draft of another card does not appear on this one', async () => {
    saveDraft('c2', { editing: true, text: 'For c2', category: 'wrong_answer', note: '' })
    serve(cards(3))
    const desk = await visit()
    expect(desk.find('editor').exists()).toBe(false)
    await desk.key('a')
    expect(desk.find('dock').attributes('data-step')).toBe('correct')
  })
})

describe('the page around the card', () => {
  it('reads its filters from the URL and writes them there', async () => {
    const server = serve(cards(3))
    const desk = await visit('/?model_name=SmolLM2&order=lowest_score')
    const asked = server.to('GET /queue')[0]!.url.searchParams
    expect(asked.get('model_name')).toBe('SmolLM2')
    expect(asked.get('order')).toBe('lowest_score')
    await desk.page.get('button[aria-label="Clear the model filter"]').trigger('click')
    await flushPromises()
    expect(desk.router.currentRoute.value.fullPath).toMatch(/^\/\?order=lowest_score/)
    expect(server.to('GET /queue')[1]!.url.searchParams.has('model_name')).toBe(false)
  })

  it('tells how many cards other words find, and which is the first', async () => {
    serve(cards(3))
    const desk = await visit()
    expect(desk.find('found').text()).toBe('')
    await desk.router.push('/?q=cat')
    await flushPromises()
    expect(desk.find('found').text()).toBe('3 cards found for “cat”. First: Card c1.')
    for (const key of ['a', 'd', 'd', 'f', 'f']) await desk.key(key)
    const said = desk.page.get('[role=status]').text()
    expect(said).toContain('Flagged Card c3')
    expect(said).toContain('No card is left that was found for “cat”.')
  })

  it('counts per status; an export link once there is something to export', async () => {
    serve(cards(3))
    const desk = await visit()
    expect(desk.find('counts').text()).toContain('3 to review')
    expect(desk.find('export-link').exists()).toBe(false)
    serve(cards(3), { 'GET /stats': () => ({ json: stats({ export_ready: 42 }) }) })
    await desk.key('a')
    expect(desk.find('export-link').text()).toBe('Export 42 rows')
  })

  it('says how to begin when there is nothing at all', async () => {
    serve([], { 'GET /stats': () => ({ json: stats({ total: 0 }) }) })
    const desk = await visit()
    await until(() => desk.find('empty-no-data').exists())
    expect(desk.find('load-example').text()).toBe('Load the example run')
  })

  it('says so when no card matches, and clears the filters', async () => {
    serve([])
    const desk = await visit('/?task_type=none')
    await until(() => desk.find('clear-filters').exists())
    await desk.find('clear-filters').trigger('click')
    await until(() => desk.find('empty-all-reviewed').exists())
    expect(desk.router.currentRoute.value.fullPath).toBe('/')
  })

  it('sums up the session when all is reviewed, and undo still works', async () => {
    serve(cards(2))
    const desk = await visit()
    for (const key of ['a', 'd', '4', 'd']) await desk.key(key)
    await until(() => desk.find('empty-all-reviewed').exists())
    const text = desk.find('empty-all-reviewed').text()
    expect(text).toContain('you decided 2 cards')
    expect(desk.find('tally-actions').text()).toMatch(/Accepted\s*11.*Discarded\s*11/)
    expect(desk.find('session-categories').text()).toMatch(/Wrong answer\s*11/)
    await desk.key('u')
    expect(desk.cardId()).toBe('c2')
  })

  it('tells when the server is lost and tries again', async () => {
    fakeServer({})
    const desk = await visit()
    expect(desk.find('error-banner').text()).toContain('avocet serve')
    serve(cards(1))
    await desk.find('error-banner').get('button').trigger('click')
    await flushPromises()
    expect(desk.cardId()).toBe('c1')
  })

  it('shows no sign of waiting for what is quick', async () => {
    vi.useFakeTimers()
    serve(cards(1), { 'GET /queue': () => new Promise(() => undefined) })
    const desk = await visit()
    vi.advanceTimersByTime(149)
    await flushPromises()
    expect(desk.page.text()).not.toContain('Reading the queue')
    vi.advanceTimersByTime(2)
    await flushPromises()
    expect(desk.page.text()).toContain('Reading the queue')
  })
})
