import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { routes } from '@/router'
import { fakeServer } from '@/testing/fakeServer'
import { job, preview, run, stats } from '@/testing/fixtures'
import RunsView from './RunsView.vue'

const config = { bench_results_dir: '/bench', source: 'stored', state: 'ok', reviewer: 'ada', version: '1' }
const lines = [
  { line_number: 7, code: 'invalid_json', reason: 'It ends inside a string.', text_start: '{"id": "a' },
]

async function visit(runs: ReturnType<typeof run>[], folder: object = config) {
  const server = fakeServer({
    'GET /runs': () => ({ json: runs }),
    'GET /config': () => ({ json: folder }),
    'GET /stats': () => ({ json: stats() }),
    'GET /runs/old/rejected': () => ({ json: lines }),
    'POST /jobs': () => ({ status: 202, json: job({ state: 'queued' }) }),
    'GET /jobs/j1': () => ({ json: { job: job(), result: preview() } }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  const page = mount(RunsView, { global: { plugins: [router] } })
  await flushPromises()
  return { server, page, rows: () => page.findAll('[data-testid=run-row]') }
}

it('says how many that did not fail were kept, and leads to them', async () => {
  const { page } = await visit([run('old', { passed: 588, kept: 50 })])
  const kept = page.get('[data-testid=run-kept]')
  expect(kept.text()).toBe('50 kept')
  expect(kept.attributes('href')).toBe('/?run_id=old&outcome=any')
})

it('lists the runs with counts that add up, newest first', async () => {
  const older = run('old', { timestamp: '2026-11-20T10:00:00Z' })
  const { page, rows } = await visit([older, run('new', { state: 'new', already_imported: false, read: 0 })])
  expect(rows().map((row) => row.attributes('data-run-id'))).toEqual(['new', 'old'])
  expect(
    rows()[1]!
      .findAll('td.num')
      .map((cell) => cell.text()),
  ).toEqual(['10', '7', '1', '2', '0', '7'])
  expect(page.get('[data-testid=runs-answer]').text()).toBe('1 run to import; 14 cards to review.')
  await page.get('th button').trigger('click')
  expect(page.get('th').attributes('aria-sort')).toBe('ascending')
})

it.each([
  ['new', 'Import'],
  ['changed', 'Import what is new'],
  ['interrupted', 'Finish importing'],
] as const)('imports a run that is %s', async (state, verb) => {
  const { server, page } = await visit([run('new', { state })])
  const button = page.get('[data-testid=import-button]')
  expect(button.text()).toBe(verb)
  await button.trigger('click')
  await flushPromises()
  expect(server.to('POST /jobs')[0]!.body).toEqual({ kind: 'import', run_id: 'new' })
})

it('shows how far an import is and offers no second one', async () => {
  const { page } = await visit([run('new', { state: 'importing', bytes_read: 25 })])
  expect(page.get('[data-testid=import-progress]').text()).toBe('25 % read')
  expect(page.find('[data-testid=import-button]').exists()).toBe(false)
  page.unmount()
})

it('opens the rejected lines, each with its number, reason and start, to download as well', async () => {
  const { page } = await visit([run('old')])
  expect(page.find('[data-testid=rejected-panel]').exists()).toBe(false)
  await page.get('[data-testid=rejected-toggle]').trigger('click')
  await flushPromises()
  const panel = page.get('[data-testid=rejected-panel]')
  expect(panel.text()).toContain('It ends inside a string.')
  expect(panel.get('code').text()).toBe('{"id": "a')
  expect(panel.get('[data-testid=rejected-download]').attributes('href')).toBe(
    '/api/sft/runs/old/rejected.jsonl',
  )
})

it.each([
  ['missing', 'This folder does not exist:'],
  ['unset', 'No benchmark folder is set.'],
])('a folder that is %s is not an empty one', async (state, sentence) => {
  const { page } = await visit([], {
    ...config,
    state,
    bench_results_dir: state === 'unset' ? null : '/bench',
  })
  expect(page.get('[data-testid=folder-state]').text()).toContain(sentence)
  expect(page.get('[data-testid=runs-empty]').text()).toContain('avocet import PATH')
})

it('offers no import of a run that HTTP may not read, but says how to finish it', async () => {
  const { page } = await visit([run('far', { state: 'interrupted', importable: false })])
  expect(page.find('[data-testid=import-button]').exists()).toBe(false)
  expect(page.get('[data-testid=run-row]').text()).toContain('avocet import PATH')
})
