import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { routes } from '@/router'
import { run, stats } from '@/testing/fixtures'
import { fakeServer } from '@/testing/fakeServer'
import ExportView from './ExportView.vue'

async function visit(path = '/export', rows = 42) {
  const formats = [
    { name: 'sft', description: 'Chat messages' },
    { name: 'candidates', description: 'As imported' },
  ]
  const server = fakeServer({
    'GET /runs': () => ({ json: [run('run-1')] }),
    'GET /stats': () => ({ json: stats() }),
    'GET /export/preview': () => ({
      json: { rows, left_out: 7, by_category: { wrong_answer: 40, uncategorised: 2 }, formats },
    }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(path)
  const page = mount(ExportView, { global: { plugins: [router] } })
  await flushPromises()
  const href = () => page.get('[data-testid=export-download]').attributes('href')
  return { server, page, router, href }
}

it('answers its question first', async () => {
  const { page, href } = await visit()
  expect(page.get('[data-testid=preview-rows]').text()).toBe('42 rows will be written, 7 left out')
  expect(href()).toBe('/api/sft/export?format=sft')
  expect(page.get('[data-category=uncategorised]').text()).toContain('2')
})

it('takes only some categories or leaves some out, in preview, download and command alike', async () => {
  const { server, page, router, href } = await visit()
  await page.get('[data-testid=take-wrong_answer-only]').trigger('change')
  await flushPromises()
  await page.get('[data-testid=take-uncategorised-without]').trigger('change')
  await flushPromises()
  const asked = server.to('GET /export/preview').at(-1)!.url.searchParams
  expect(asked.getAll('include_category')).toEqual(['wrong_answer'])
  expect(asked.getAll('exclude_category')).toEqual(['uncategorised'])
  expect(href()).toBe(
    '/api/sft/export?format=sft&include_category=wrong_answer&exclude_category=uncategorised',
  )
  expect(page.get('[data-testid=export-command]').text()).toBe(
    'avocet export --format sft --include-category wrong_answer --exclude-category uncategorised',
  )
  expect(router.currentRoute.value.query).toEqual({
    include_category: ['wrong_answer'],
    exclude_category: ['uncategorised'],
  })
})

it('is linked with its filters', async () => {
  const { href } = await visit('/export?format=candidates&model_name=SmolLM2&action=correct')
  expect(href()).toBe('/api/sft/export?format=candidates&action=correct&model_name=SmolLM2')
})

it('offers no empty download', async () => {
  const { page } = await visit('/export', 0)
  expect(page.find('[data-testid=export-download]').exists()).toBe(false)
})

it('offers every run that was taken in, also one whose lines were here already, and no value for none', async () => {
  const server = fakeServer({
    'GET /runs': () => ({
      json: [run('again', { imported: 0, skipped: 10 }), run('waiting', { state: 'new' })],
    }),
    'GET /stats': () => ({ json: stats({ by_model: { SmolLM2: 3, unknown: 4 } }) }),
    'GET /export/preview': () => ({ json: { rows: 1, left_out: 0, by_category: {}, formats: [] } }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/export')
  const page = mount(ExportView, { global: { plugins: [router] } })
  await flushPromises()
  const labels = (name: string) =>
    page.findAll(`[data-testid=export-${name}] label`).map((label) => label.text())
  expect(labels('run_id')).toEqual(['again'])
  expect(labels('model_name')).toEqual(['SmolLM2'])
  expect(server.to('GET /runs')).toHaveLength(1)
})
