import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { SftQueueItem, SftSubmitRequest } from '@/api/types'
import { saveDraft } from '@/review/drafts'
import { fakeEvents, fakeServer } from '@/testing/fakeServer'
import {
  card,
  cards,
  config,
  decidedPage,
  decision,
  desk as state,
  news,
  queuePage,
  run,
  stats,
} from '@/testing/fixtures'
import { overview } from '@/testing/insights'
import { stopClock, until } from '@/testing/until'
import { settle, visitApp } from '@/testing/visitApp'
import { useLiveStore } from './liveStore'

type Routes = Parameters<typeof fakeServer>[0]

beforeEach(() => {
  stopClock()
  useLiveStore().stop()
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => 0,
    removeEventListener: () => 0,
  }))
})

/** The app with these cards, four of which have the same response. */
async function visit(path = '/', items: SftQueueItem[] = cards(5), more: Routes = {}) {
  const open = new Set(items.map(({ id }) => id))
  const server = fakeServer({
    'GET /queue': ({ url }) => {
      const left = items.filter(({ id }) => open.has(id))
      if (url.searchParams.has('like')) return { json: queuePage(left.slice(0, 5), { total: 4 }) }
      const search = url.searchParams.has('q') ? { indexed: 3000, total: 5000 } : null
      return { json: queuePage(left, { search }) }
    },
    'GET /stats': () => ({ json: stats({ total: 5, by_status: { needs_review: open.size } }) }),
    'GET /runs': () => ({ json: [run('run-1', { source: 'imported' }), run('run-2', { state: 'new' })] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions': () => ({ json: decidedPage([decision(5)]) }),
    'GET /decisions/summary': () => ({
      json: { total: 96, by_action: { discard: 96 }, by_category: { uncategorised: 96 } },
    }),
    'POST /submit': ({ body }) => {
      const { id } = body as SftSubmitRequest
      open.delete(id)
      return { json: { ok: true, id, status: 'discarded', failure_category: null, decision_id: 1 } }
    },
    'POST /bulk': ({ body }) => {
      const { dry_run } = body as { dry_run?: boolean }
      return { json: { ok: true, batch_id: dry_run ? null : 'b1', count: 4, verdicts: [] } }
    },
    ...more,
  })
  return { server, ...(await visitApp(path)) }
}

describe('progress', () => {
  it('tells the place in this queue, this session, and today', async () => {
    const desk = await visit()
    expect(desk.text('position')).toBe('1 of 5 here')
    expect(desk.text('session-count')).toBe('0 this session')
    expect(desk.text('today-count')).toBe('96 today')
    expect(desk.has('pace')).toBe(false)
    for (const key of ['a', 'd', 'd', 's']) await desk.key(key)
    expect(desk.text('position')).toBe('4 of 5 here')
    expect(desk.text('session-count')).toBe('2 this session')
    expect(desk.text('today-count')).toBe('98 today')
    expect(desk.text('pace')).toMatch(/^\d+ s a card$/)
    expect(desk.text('time-left')).toMatch(/^\d+ s left$/)
  })
})

describe('the start address', () => {
  const none = (total: number): Routes => ({
    'GET /stats': () => ({ json: stats({ total, by_status: { needs_review: 0 } }) }),
    'GET /overview': () => ({
      json: overview({ waiting: { failed: 0, passed: 0, errored: 0, unscored: 0, seconds_per_card: null } }),
    }),
  })

  it('leads to the overview where no card waits', async () => {
    const desk = await visit('/', [], none(5))
    await until(() => desk.url() === '/overview')
  })

  it('stays with the queue of an empty desk, which fills by itself, and with a filter', async () => {
    const desk = await visit('/', [], none(0))
    await settle()
    expect(desk.url()).toBe('/')
    const filtered = await visit('/?run_id=run-1', [], none(5))
    await settle()
    expect(filtered.url()).toBe('/?run_id=run-1')
  })
})

describe('search', () => {
  it('takes / for the field, the URL for the words, and leaves the caret where it is', async () => {
    const desk = await visit()
    await desk.key('/')
    expect(document.activeElement).toBe(desk.get('search'))
    await desk.write('search', 'capital')
    await desk.key('Enter')
    expect(desk.url()).toBe('/?q=capital')
    expect(desk.server.to('GET /queue').at(-1)!.url.searchParams.get('q')).toBe('capital')
    expect(desk.text('search-state')).toBe('3,000 of 5,000 indexed so far')
  })

  it('asks when the typing pauses, not at every letter, and does not take the focus', async () => {
    const desk = await visit()
    await desk.key('a')
    await desk.key('/')
    await desk.write('search', 'ca')
    await desk.write('search', 'cap')
    await until(() => desk.url() === '/?q=cap')
    await settle()
    const asked = desk.server.to('GET /queue').map(({ url }) => url.searchParams.get('q'))
    expect(asked.filter((words) => words !== null)).toEqual(['cap'])
    expect(document.activeElement).toBe(desk.get('search'))
    await desk.key('Escape')
    expect(document.activeElement).toBe(desk.get('card'))
  })

  it('does not search while an input method is composing', async () => {
    const desk = await visit()
    await desk.key('/')
    const field = desk.get('search') as HTMLInputElement
    for (const half of ['ｓ', 'しゅ', 'しゅと', '首都']) {
      field.value = half
      field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }))
      vi.advanceTimersByTime(1000)
      await settle()
      expect([desk.url(), field.value]).toEqual(['/', half])
    }
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }))
    await until(() => desk.url() !== '/')
    expect(new URLSearchParams(desk.url().slice(1)).get('q')).toBe('首都')
  })

  it('is cleared with one click', async () => {
    const desk = await visit('/?q=cat')
    await desk.click(document.querySelector<HTMLElement>('[aria-label="Clear the search"]')!)
    expect(desk.url()).toBe('/')
  })
})

describe('filters', () => {
  it('a score below 0.4 is one click to set and one to clear', async () => {
    const desk = await visit()
    await desk.click('filter-score')
    await until(() => desk.has('score-panel'))
    await desk.click('score-below-0.4')
    expect(desk.url()).toBe('/?below=0.4')
    expect(desk.text('filter-score')).toContain('below 0.4')
    await desk.click(document.querySelector<HTMLElement>('[aria-label="Clear the score filter"]')!)
    expect(desk.url()).toBe('/')
  })

  it('a range has two ends, the right way round', async () => {
    const desk = await visit('/?below=0.4')
    await desk.click('filter-score')
    await until(() => desk.has('score-panel'))
    ;(desk.get('score-from') as HTMLInputElement).value = '0.7'
    ;(desk.get('score-to') as HTMLInputElement).value = '0.25'
    desk
      .get('score-from')
      .closest('form')!
      .dispatchEvent(new Event('submit', { cancelable: true }))
    await settle()
    expect(desk.url()).toBe('/?min_score=0.25&max_score=0.7')
  })

  it('shuffles again to another seed in the URL', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.25)
    const desk = await visit('/?order=random&seed=7')
    expect(desk.server.to('GET /queue')[0]!.url.searchParams.get('seed')).toBe('7')
    expect(desk.text('order-seed')).toBe('7')
    await desk.click('order-seed')
    expect(desk.url()).toBe('/?order=random&seed=250000')
  })
})

describe('the same failure many times', () => {
  it('is offered beside the card, asked about only once it is on screen', async () => {
    const desk = await visit()
    expect(desk.server.to('GET /queue').some(({ url }) => url.searchParams.has('like'))).toBe(false)
    expect(desk.has('queue-line')).toBe(true)
    await until(() => desk.has('similar'))
    expect(desk.text('similar')).toContain('3 more with the same prompt and response')
  })

  it('never comes between a key and the next card', async () => {
    const desk = await visit()
    for (const key of ['a', 'a', 'a']) await desk.key(key)
    expect(desk.server.to('GET /queue').some(({ url }) => url.searchParams.has('like'))).toBe(false)
  })

  it('G offers to decide them together, with the typed text if there is one', async () => {
    saveDraft('c1', { editing: false, text: 'Better', category: null, note: '' })
    const desk = await visit()
    await until(() => desk.has('similar'))
    await desk.key('g')
    await until(() => desk.has('similar-panel') && desk.text('bulk-confirm') === 'Submit for all 4')
    expect(desk.text('bulk-text')).toBe('Better')
    expect(desk.all('bulk-discard')).toHaveLength(1)
    await desk.click('bulk-confirm')
    await until(() => desk.has('toast'))
    expect(desk.server.to('POST /bulk').at(-1)!.body).toEqual({
      ...{ action: 'correct', corrected_response: 'Better' },
      queue: { like: 'c1', outcome: 'failed' },
      opened: ['c1'],
      expected: 4,
    })
    expect(desk.text('toast')).toContain('Corrected 4 cards')
  })
})

describe('history', () => {
  it('H opens it, Esc closes it, and the focus comes back', async () => {
    const desk = await visit()
    await desk.key('s')
    await desk.key('h')
    await until(() => desk.has('history-item'))
    expect(desk.text('history-drawer')).toContain('1 decision of yours stands')
    expect(document.activeElement?.textContent).toBe('History')
    await desk.key('Escape')
    await until(() => !desk.has('history-drawer'))
    await settle()
    expect(document.activeElement).toBe(desk.get('card'))
  })
})

describe('live', () => {
  it('says calmly that the desk is away, and when it is back', async () => {
    const events = fakeEvents()
    const desk = await visit()
    events.tell(state())
    fakeServer({})
    events.fail()
    await settle()
    expect(desk.text('offline-banner')).toContain('The desk doesn’t answer; trying again.')
    useLiveStore().start()
    events.tell(state())
    await settle()
    expect(desk.has('offline-banner')).toBe(false)
    expect(desk.text('toast')).toContain('The desk answers again.')
  })

  it('keeps typed text on screen when somebody else decides the card', async () => {
    const events = fakeEvents()
    saveDraft('c1', { editing: false, text: 'Mine', category: null, note: '' })
    const desk = await visit()
    events.tell(state({ total: 5, by_status: { needs_review: 5 } }))
    events.tell(state({ decision_id: 5, total: 5, decisions: [news(5, 'c1')] }))
    await until(() => desk.has('decided-elsewhere'))
    expect(desk.text('decided-elsewhere')).toContain('This card was discarded by anna meanwhile.')
    expect(desk.get('card').dataset['cardId']).toBe('c1')
    const copied = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve())
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: copied } })
    await desk.click('copy-text')
    expect(copied).toHaveBeenCalledWith('Mine')
    await desk.click('leave-card')
    expect(desk.get('card').dataset['cardId']).toBe('c2')
    expect(desk.has('decided-elsewhere')).toBe(false)
  })
})

it('everything that matches is decided from the menu, not from a button beside the cards', async () => {
  const desk = await visit('/?task_type=facts')
  expect(desk.has('bulk-open')).toBe(false)
  desk.get('queue-menu').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await until(() => desk.has('bulk-open'))
  expect(desk.text('bulk-open')).toBe('Decide all 5 that match…')
  await desk.click('bulk-open')
  await until(() => desk.has('bulk-panel') && desk.text('bulk-preview').startsWith('4 cards'))
  expect(desk.text('bulk-panel')).toContain('task facts')
  expect(document.activeElement).toBe(desk.get('bulk-accept'))
  expect(desk.get('bulk-panel').querySelectorAll('input:checked')).toHaveLength(0)
  expect(desk.text('bulk-confirm')).toBe('Choose what becomes of them')
  expect(desk.get('bulk-confirm').hasAttribute('disabled')).toBe(true)
  const discard = desk.get('bulk-discard')
  const words = (name: string) => document.getElementById(discard.getAttribute(name)!)?.textContent.trim()
  expect([words('aria-labelledby'), words('aria-describedby')]).toEqual(['Discard', 'out of the export'])
  await desk.click(discard)
  expect(desk.text('bulk-confirm')).toBe('Discard 4 cards')
  expect(desk.get('bulk-confirm').hasAttribute('disabled')).toBe(false)
  expect(desk.text('bulk-preview')).toContain('Card c1')
})

it('the items of what matches are asked again from the menu', async () => {
  const desk = await visit('/?task_type=facts')
  desk.get('queue-menu').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await until(() => desk.has('ask-again'))
  await desk.click('ask-again')
  await until(() => desk.url().startsWith('/bench'))
  expect(desk.url()).toContain('task_type=facts')
  expect(desk.url()).toContain('cards=review')
})

it('a verdict that was begun on the card is taken over for everything that matches', async () => {
  const desk = await visit('/')
  for (const key of ['f', '4']) await desk.key(key)
  desk.get('queue-menu').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
  await until(() => desk.has('bulk-open'))
  await desk.click('bulk-open')
  await until(() => desk.has('bulk-panel') && desk.text('bulk-confirm') === 'Flag 4 cards')
  expect(desk.all('chip-wrong_answer').at(-1)!.dataset['state']).toBe('on')
})

it('the end of the queue sums up this session and today, by action and by category', async () => {
  const desk = await visit('/', [card('c1')])
  await desk.key('a')
  await until(() => desk.has('empty-all-reviewed'))
  expect(desk.text('empty-all-reviewed')).toContain('In this session you decided 1 card')
  const cells = (id: string) =>
    [...desk.get(id).querySelectorAll('th, td')].map((cell) => cell.textContent.trim())
  expect(cells('tally-actions')).toEqual(['Accepted', '1', '1', 'Discarded', '0', '96'])
  expect(cells('session-categories')).toEqual(['Uncategorised', '0', '96'])
  expect(desk.page.findAll('a').map((link) => link.attributes('href'))).toContain('/decided')
})
