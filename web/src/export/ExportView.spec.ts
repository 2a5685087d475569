import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { ExportPreview } from '@/api/types'
import { routes } from '@/router'
import { useToastStore } from '@/shell/toastStore'
import { fakeServer } from '@/testing/fakeServer'
import { decidedPage, run, stats } from '@/testing/fixtures'
import { madeExport } from '@/testing/madeExports'
import ExportView from './ExportView.vue'

const mine = { name: 'mine', recipe: { format: 'trl-dpo' } }
const pages: { unmount: () => void }[] = []

function preview(changes: Partial<ExportPreview> = {}): ExportPreview {
  return {
    by_status: { approved: 49, discarded: 12, model_rejected: 8 },
    statuses: ['approved'],
    decided: 49,
    read: 45,
    used: 42,
    rows: 42,
    held_out: 2,
    left_out: { 'Held out.': 2, 'The answer is empty.': 1 },
    by_category: { wrong_answer: 40, uncategorised: 2 },
    by_task_type: { facts: 42 },
    by_model: { SmolLM2: 42 },
    by_part: {},
    by_split: {},
    left_out_ids: {},
    contradictory: 0,
    dates: {},
    warnings: [],
    lengths: [{ least: 8, most: 15, rows: 42 }],
    first: [{ part: '', split: null, text: '{"messages":[]}' }],
    items: 41,
    is_several: false,
    formats: [
      { name: 'sft', description: 'Chat messages' },
      { name: 'trl-dpo', description: 'Pairs' },
      { name: 'candidates', description: 'As imported' },
    ],
    ...changes,
  }
}

async function visit(path = '/export', counted: Partial<ExportPreview> = {}, made = [madeExport(1)]) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  const server = fakeServer({
    'GET /runs': () => ({ json: [run('again', { imported: 0 }), run('waiting', { state: 'new' })] }),
    'GET /stats': () => ({ json: stats({ by_model: { SmolLM2: 3, unknown: 4 } }) }),
    'GET /decisions': () => ({ json: decidedPage([]) }),
    'GET /decisions/summary': () => ({ json: { total: 40, by_action: { correct: 40 }, by_category: {} } }),
    'GET /export/preview': () => ({ json: preview(counted) }),
    'GET /recipes': () => ({ json: [mine] }),
    'GET /exports': () => ({ json: made }),
    'GET /hold-out': () => ({ json: { share: 0.1, salt: '' } }),
    'PUT /hold-out': ({ body }) => ({ json: body }),
    'POST /exports': () => ({ status: 201, json: madeExport(2) }),
    'PUT /recipes/new': ({ body }) => ({ json: { name: 'new', recipe: body } }),
    'DELETE /recipes/mine': () => ({ json: {} }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const page = mount(ExportView, { global: { plugins: [router] }, attachTo: document.body })
  pages.push(page)
  const part = (id: string) => page.get(`[data-testid=${id}]`)
  const settle = async () => {
    await flushPromises()
    await vi.advanceTimersByTimeAsync(1000)
    await flushPromises()
  }
  await settle()
  const asked = () => server.to('GET /export/preview').at(-1)!.url.searchParams
  return { server, page, router, part, settle, asked, query: () => router.currentRoute.value.query }
}

afterEach(() => {
  for (const page of pages.splice(0)) page.unmount()
  vi.useRealTimers()
})

it('answers its question first, with what drops and what is exposed', async () => {
  const { part, page } = await visit()
  expect(part('preview-rows').text()).toBe(
    '42 rows will be written, from 42 of 69 decided candidates; 27 left out',
  )
  expect(part('funnel-decided').text()).toBe('69')
  expect(part('left-out').text()).toContain('Its decision gives no row.20')
  expect(part('left-out').text()).toContain('The filter leaves it out.4')
  expect(part('exposure').text()).toContain('exposes 41 task items')
  expect(part('held-out').text()).toContain('10 % of every task is held out')
  expect(page.get('[data-category=uncategorised]').text()).toContain('2')
  expect(part('first-row').text()).toBe('{"messages":[]}')
})

it('draws how long the answers are, with a table of the same', async () => {
  const bins = [
    { least: 512, most: 1023, rows: 1500 },
    { least: 1024, most: 2047, rows: 0 },
    { least: 2048, most: 4095, rows: 1 },
  ]
  const { part } = await visit('/export', { lengths: bins })
  const plot = part('lengths')
  expect(plot.get('h2').text()).toBe('Half of the answers have at most 1,023 characters')
  expect(plot.findAll('svg text').map((text) => text.text())).toEqual(['512', '1k', '2k', '4k', '1.5K', '1'])
  const heights = plot.findAll('g > rect').map((bar) => Number(bar.attributes('height')))
  expect(heights[0]).toBeGreaterThan(100)
  expect(heights.slice(1)).toEqual([0, 2])
  expect(plot.get('g > rect title').text()).toBe('512 to 1,023 characters: 1,500 rows')
  expect(plot.findAll('tbody tr').map((row) => row.text())).toEqual([
    '512 to 1,0231,500',
    '1,024 to 2,0470',
    '2,048 to 4,0951',
  ])
})

it('takes only some categories or leaves some out, in URL, preview and command alike', async () => {
  const { part, asked, settle, query } = await visit()
  await part('take-wrong_answer-only').trigger('change')
  await settle()
  await part('take-uncategorised-without').trigger('change')
  await settle()
  expect(asked().getAll('include_category')).toEqual(['wrong_answer'])
  expect(asked().getAll('exclude_category')).toEqual(['uncategorised'])
  expect(part('export-command').text()).toBe(
    'avocet export --format sft --include-category wrong_answer --exclude-category uncategorised',
  )
  expect(query()).toEqual({ include_category: ['wrong_answer'], exclude_category: ['uncategorised'] })
})

it('asks at once, then once more for all choices that come quickly', async () => {
  const { server, part, settle, asked } = await visit()
  for (const rule of ['duplicates', 'unchanged_pairs', 'artifact_pairs']) {
    await part(`rule-${rule}`).trigger('change')
    await flushPromises()
  }
  await settle()
  expect(server.to('GET /export/preview')).toHaveLength(3)
  expect(asked().get('duplicates')).toBe('true')
  expect(asked().get('artifact_pairs')).toBe('true')
})

it('splits in shares that stay one whole; records are not split', async () => {
  const { part, settle, query } = await visit()
  await part('split-shares').trigger('change')
  await settle()
  await part('share-test').setValue('30')
  await settle()
  expect(query()).toEqual({ train: '0.6', validation: '0.1', test: '0.3' })
  await part('format-candidates').trigger('change')
  await settle()
  expect(query()).toEqual({ format: 'candidates' })
  expect(part('splits').text()).toContain('it stays in one piece')
})

it('is linked by a recipe, says when it was changed, and saves under a new name', async () => {
  const { server, page, part, settle, asked, query } = await visit('/export?recipe=mine')
  expect(asked().get('format')).toBe('trl-dpo')
  expect(part('export-command').text()).toBe('avocet export --recipe mine')
  expect(page.find('[data-testid=recipe-update]').exists()).toBe(false)
  await part('take-hallucination-only').trigger('change')
  await settle()
  expect(part('recipe-update').text()).toBe('Update')
  await part('recipe-name-it').trigger('click')
  await part('recipe-name').setValue('new')
  await part('recipe-name').trigger('submit')
  await settle()
  expect(server.to('PUT /recipes/new')[0]!.body).toMatchObject({
    format: 'trl-dpo',
    filter: { include_category: ['hallucination'] },
  })
  expect(query()).toEqual({ recipe: 'new' })
})

it('deletes a recipe, keeps its choices and offers it back', async () => {
  const { part, settle, query } = await visit('/export?recipe=mine')
  await part('recipe-delete').trigger('click')
  await settle()
  expect(query()).toEqual({ format: 'trl-dpo' })
  expect(useToastStore().toast).toMatchObject({ kind: 'notice', undo: expect.any(Function) })
})

it('writes, downloads by number and lists what was made', async () => {
  const { server, page, part, settle } = await visit('/export?recipe=mine')
  const clicked: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(this.getAttribute('href') ?? '')
  })
  await part('export-write').trigger('click')
  await settle()
  expect(server.to('POST /exports')[0]!.body).toEqual({ recipe_name: 'mine' })
  expect(clicked).toEqual(['/api/sft/exports/2/download'])
  expect(page.findAll('[data-testid=made-export]')).toHaveLength(2)
  expect(part('made').text()).toContain('as of decision 7')
})

it('lists what to know before training, and nothing if all is well', async () => {
  const warnings = ['validation got 0 rows: it has no file.', '2 rows say the opposite of another row.']
  const { part } = await visit('/export', { warnings })
  expect(
    part('export-warnings')
      .findAll('li')
      .map((line) => line.text()),
  ).toEqual(warnings)
  const { page } = await visit()
  expect(page.find('[data-testid=export-warnings]').exists()).toBe(false)
})

it('downloads by number what the command line wrote into a folder of its own', async () => {
  const written = { ...madeExport(7), target: '/srv/sets/train data.jsonl' }
  const { part } = await visit('/export', {}, [written])
  expect(part('download-again').attributes('href')).toBe('/api/sft/exports/7/download')
})

it('says what went wrong and that nothing was written; an empty dataset is not offered', async () => {
  const { server, part, settle } = await visit()
  server.routes['POST /exports'] = () => ({ status: 507, json: { code: 'disk_full', detail: 'No room.' } })
  await part('export-write').trigger('click')
  await settle()
  expect(part('export-dock').text()).toContain('No room. Nothing was written.')
  const empty = await visit('/export', { rows: 0, used: 0 })
  expect(empty.part('export-write').attributes('disabled')).toBeDefined()
})

it('sets the hold-out and counts again', async () => {
  const { server, part, settle } = await visit()
  await part('hold-out-share').setValue(20)
  await part('hold-out-form').trigger('submit')
  await settle()
  expect(server.to('PUT /hold-out')[0]!.body).toEqual({ share: 0.2, salt: '' })
  expect(server.to('GET /export/preview')).toHaveLength(2)
})

it('offers every run that was taken in, also one whose lines were here already, and no value for none', async () => {
  const { page } = await visit()
  const values = (kind: string) =>
    page.findAll(`[data-testid=export-${kind}] li > span`).map((option) => option.text())
  expect(values('run')).toEqual(['again'])
  expect(values('model')).toEqual(['SmolLM2'])
})

it('suggests a format until one is chosen, and changes nothing by itself', async () => {
  const { part, page, settle, asked, query } = await visit()
  expect(part('suggestion').text()).toContain('You have 40 corrections, and no trainer named')
  expect(asked().get('format')).toBe('sft')
  await part('take-suggestion').trigger('click')
  await settle()
  expect(query()).toEqual({ format: 'trl-sft' })
  expect(asked().get('format')).toBe('trl-sft')
  expect(page.find('[data-testid=suggestion]').exists()).toBe(false)
})
