import { beforeEach, expect, it, vi } from 'vitest'
import { useLiveStore } from '@/shell/liveStore'
import { fakeServer } from '@/testing/fakeServer'
import { config, stats } from '@/testing/fixtures'
import { overview } from '@/testing/insights'
import { settle, visitApp } from '@/testing/visitApp'

beforeEach(() => {
  useLiveStore().stop()
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => 0,
    removeEventListener: () => 0,
  }))
})

async function visit(answer: { status?: number; json: unknown }) {
  fakeServer({
    'GET /overview': () => answer,
    'GET /stats': () => ({ json: stats({ total: 5 }) }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {}, by_fault: {} } }),
  })
  const page = await visitApp('/overview')
  await settle()
  return page
}

it('shows one next step, the way of the cards, and what changed', async () => {
  const page = await visit({ json: overview() })
  expect(page.text('overview-answer')).toContain('40 of 100 cards are decided')
  expect(page.text('next-step')).toContain('Review 60 failures')
  expect(page.get('next-go').getAttribute('href')).toBe('/')
  expect(document.querySelectorAll('.btn-go')).toHaveLength(1)
  const flow = page.text('flow')
  for (const words of ['161', '60 waiting', '7 discarded, 3 flagged', '12 new']) expect(flow).toContain(words)
  expect(page.text('since-pane')).toContain('Failures read')
  expect(page.text('newest-runs')).toContain('≤ 65.4 %')
  expect(page.text('also-pane')).toContain('Mend the check of 2 cards')
})

it('says that an empty desk wants a run, and nothing else', async () => {
  const came_in = { runs: 0, items: {}, last_run: null, last_at: null }
  const page = await visit({ json: overview({ next: 'import', came_in }) })
  expect(page.text('next-step')).toContain('Import a run')
  expect(page.has('flow')).toBe(false)
})

it('offers to try again after an error', async () => {
  const page = await visit({
    status: 500,
    json: { code: 'internal_error', detail: 'The desk made a mistake.' },
  })
  expect(document.body.textContent).toContain('The desk made a mistake.')
  expect(page.has('next-step')).toBe(false)
})
