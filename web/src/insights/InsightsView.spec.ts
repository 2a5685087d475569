import type { TagMix } from '@/api/types'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeServer } from '@/testing/fakeServer'
import { config, desk as deskState, run, stats } from '@/testing/fixtures'
import { insights, mixRow } from '@/testing/insights'
import { until } from '@/testing/until'
import { settle, visitApp } from '@/testing/visitApp'
import { useLiveStore } from '@/shell/liveStore'

beforeEach(() => {
  useLiveStore().stop()
  vi.stubGlobal('matchMedia', () => ({
    matches: true,
    addEventListener: () => 0,
    removeEventListener: () => 0,
  }))
})

afterEach(() => void vi.useRealTimers())

async function visit(path: string, json = insights(), tags: TagMix[] = []) {
  const server = fakeServer({
    'GET /insights': () => ({ json }),
    'GET /insights/tags': () => ({ json: { tags } }),
    'GET /stats': () => ({ json: stats({ total: 5, by_model: { large: 5 } }) }),
    'GET /runs': () => ({ json: [run('one', { state: 'imported' })] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {}, by_fault: {} } }),
  })
  const page = await visitApp(path)
  await settle()
  return { server, page }
}

it('shows each finding with its marks as links, and asks for what the address says', async () => {
  const { server, page } = await visit('/insights?model_name=large')
  expect(server.to('GET /insights')[0]!.url.searchParams.get('model_name')).toBe('large')
  expect(page.text('insights-answer')).toContain('about 100 % are of the kind “wrong answer”')
  const mix = page.get('mix-pane')
  const links = [...mix.querySelectorAll('a')].map((link) => link.getAttribute('href'))
  expect(links).toContain(
    '/decided?model_name=small&outcome=failed&reading=told&failure_category=wrong_answer',
  )
  expect(page.text('tasks-pane')).toContain('large is ahead')
  expect(page.get('tasks-pane').querySelectorAll('[data-testid=ahead]')).toHaveLength(1)
  expect(page.text('kinds-pane')).toContain('The next random card brings a new kind: 3 %')
  expect(page.get('kinds-pane').querySelector('a[href="/?model_name=large&shape=a1b2"]')).not.toBeNull()
  expect(page.text('sizes-pane')).toContain('Half of the corrections change at most 12 characters')
  const bars = [...page.get('scores-pane').querySelectorAll('a')].map((link) =>
    link.getAttribute('aria-label'),
  )
  expect(bars).toContain('Score 0.9–1.0, read: right, a false fail: 1 card')
  const to = [...page.get('scores-pane').querySelectorAll('a')].map((link) => link.getAttribute('href'))
  const decided = '/decided?model_name=large&outcome=failed'
  expect(to).toEqual([
    `${decided}&reading=wrong&min_score=0&below=0.1`,
    '/?model_name=large&min_score=0&below=0.1',
    `${decided}&reading=right&min_score=0.9`,
    `${decided}&reading=aside&min_score=0.9`,
    `${decided}&reading=none&min_score=0.9`,
    '/?model_name=large&min_score=0.9',
    '/?model_name=large&score=none',
  ])
  expect(page.text('runs-pane')).toContain('no change is sure')
})

it('says how often each rule was taken, once there were proposals', async () => {
  expect((await visit('/insights')).page.has('proposals-pane')).toBe(false)
  const proposals = [{ rule: 'stuck' as const, taken: 3, agreed: 1, overridden: 2 }]
  const { page } = await visit('/insights?task_type=facts', insights({ proposals }))
  expect(page.text('proposals-pane')).toContain('6 proposals shown, 2 overridden')
})

it('shows the tags used most, each with its cards and why they fail', async () => {
  const { page } = await visit('/insights?model_name=large', insights(), [
    {
      ...{ name: 'units', cards: 5, by_outcome: { failed: 5 } },
      by_category: { uncategorised: 1, wrong_answer: 4 },
    },
    { name: 'off by one', cards: 1, by_outcome: { passed: 1 }, by_category: { uncategorised: 1 } },
  ])
  await until(() => page.has('tags-pane'))
  expect(page.text('tags-pane')).toContain('The tag used most is “units”: 5 cards')
  const links = page.all('tag-mix').map((row) => row.querySelector('a')!.getAttribute('href'))
  expect(links).toEqual(['/decided?model_name=large&tag=units', '/decided?model_name=large&tag=off+by+one'])
  expect(page.text('tag-mix')).toContain('Wrong answer 4')
})

it('has every number of the mix in a table', async () => {
  const { page } = await visit('/insights')
  await page.click('as-table')
  const rows = [...page.get('mix-pane').querySelectorAll('tbody tr')].map((row) => row.textContent)
  expect(rows).toHaveLength(3)
  expect(rows.at(-1)).toContain('random sample')
})

it('says how to fill an empty page', async () => {
  const none = { by_run: [], by_model: [], by_task: [], model_tasks: [] }
  const { page } = await visit('/insights', insights({ ...none, all: mixRow({ failed: 0, read: 0 }) }))
  expect(page.text('insights-empty')).toContain('avocet import')
})

it('asks again when somebody has decided, and only then', async () => {
  const { server } = await visit('/insights')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (const [decision_id, asked] of [
    [7, 1],
    [8, 2],
  ] as const) {
    useLiveStore().desk = deskState({ decision_id })
    await settle()
    vi.runAllTimers()
    await settle()
    expect(server.to('GET /insights')).toHaveLength(asked)
  }
})
