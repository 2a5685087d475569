import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useLiveStore } from '@/shell/liveStore'
import { fakeServer } from '@/testing/fakeServer'
import { cards, config, decidedPage, queuePage, run, stats } from '@/testing/fixtures'
import { press } from '@/testing/press'
import { stopClock, until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'

beforeEach(() => {
  stopClock()
  useLiveStore().stop()
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => 0,
    removeEventListener: () => 0,
  }))
})

async function visit(path: string, more: Parameters<typeof fakeServer>[0] = {}) {
  fakeServer({
    'GET /queue': () => ({ json: queuePage(cards(2)) }),
    'GET /stats': () => ({ json: stats({ total: 2, by_status: { needs_review: 2 } }) }),
    'GET /runs': () => ({ json: [run('run-1', { source: 'imported' }), run('run-2', { state: 'new' })] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions': () => ({ json: decidedPage([]) }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {} } }),
    ...more,
  })
  return visitApp(path)
}

describe('the palette', () => {
  it('goes to what was typed by keys alone, and closes', async () => {
    const desk = await visit('/')
    press('k', { ctrlKey: true })
    await until(() => desk.has('palette-entry'))
    await desk.write('palette-field', 'run-1')
    await until(() => desk.text('palette-entry').startsWith('Review run-1'))
    expect(desk.all('palette-entry')[1]?.textContent).toBe('Scores of run-1')
    await desk.write('palette-field', 'bench')
    await until(() => desk.text('palette-entry').startsWith('Bench'))
    await desk.write('palette-field', 'settings')
    await desk.key('Enter', desk.get('palette-field'))
    await until(() => desk.url() === '/settings')
    expect(desk.has('palette')).toBe(false)
  })

  it('offers the cards that the server finds, and says when nothing is found', async () => {
    const asked: string[] = []
    const desk = await visit('/decided', {
      'GET /queue': ({ url }) => {
        asked.push(url.searchParams.get('q') ?? '')
        return { json: queuePage(cards(1)) }
      },
    })
    press('k', { ctrlKey: true })
    await until(() => desk.has('palette-field'))
    await desk.write('palette-field', 'lisbon')
    await until(() => desk.all('palette-entry').length === 3)
    expect(asked).toContain('lisbon')
    await desk.click(desk.all('palette-entry')[0]!)
    await until(() => desk.url().startsWith('/cards/'))
  })
})
