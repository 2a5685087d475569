import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { TrainingsOverview } from '@/api/types'
import { routes } from '@/router'
import { fakeServer } from '@/testing/fakeServer'
import { madeExport } from '@/testing/madeExports'
import { overview, training, trainingView } from '@/testing/trainings'
import { POLL_MS, useTrainingsStore } from './trainingsStore'
import TrainView from './TrainView.vue'

async function visit(
  shown: TrainingsOverview = overview(),
  rows: Record<string, number> = { wrong_answer: 4 },
) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const server = fakeServer({
    'GET /trainings': () => ({ json: shown }),
    'GET /recipes': () => ({ json: [{ name: 'mine', recipe: { filter: { task_type: ['facts'] } } }] }),
    'GET /export/preview': () => ({ json: { by_category: rows } }),
    'GET /exports': () => ({ json: [madeExport(3), madeExport(2, 'openai-chat')] }),
    'POST /trainings': () => ({ status: 201, json: trainingView('tiny-sft') }),
    'GET /trainings/tiny-sft': () => ({ json: trainingView('tiny-sft') }),
    'GET /trainings/tiny-sft/log': () => ({ json: { text: '' } }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/train')
  const page = mount(TrainView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  const part = (id: string) => page.get(`[data-testid=${id}]`)
  return { server, router, page, part }
}

it('starts what was chosen and shows it', async () => {
  const { server, router, part } = await visit()
  expect(part('train-answer').text()).toBe('Nothing has been trained here yet.')
  expect(part('train-empty').text()).toContain('LoRA adapter')
  expect([part('tab-train').attributes('aria-current'), part('tab-bench').attributes('href')]).toEqual([
    'page',
    '/bench',
  ])
  expect(part('train-rows').text()).toBe('4 rows to learn from')
  await part('train-base').setValue('/models/tiny')
  await part('train-base').trigger('change')
  await part('train-on').setValue('recipe mine')
  await part('method-dpo').setValue()
  await part('take-scoring_artifact-without').trigger('change')
  await part('train-epochs').setValue('2')
  await part('train-epochs').trigger('change')
  await flushPromises()
  const counted = server.to('GET /export/preview').at(-1)!.url.searchParams
  expect([counted.get('format'), counted.get('task_type')]).toEqual(['trl-dpo', 'facts'])
  expect(part('export-command').text()).toContain('--method dpo --recipe mine')
  await part('train-form').trigger('submit')
  await flushPromises()
  await vi.dynamicImportSettled()
  await flushPromises()
  expect(server.to('POST /trainings')[0]!.body).toEqual({
    base: '/models/tiny',
    method: 'dpo',
    recipe: 'mine',
    include_category: [],
    exclude_category: ['scoring_artifact'],
    epochs: 2,
    parallel: false,
  })
  expect(router.currentRoute.value.path).toBe('/train/tiny-sft')
})

it('trains on an export that was made, in the method that it was written for', async () => {
  const { server, page, part } = await visit()
  const offered = page.findAll('[data-testid=train-on] option').map((option) => option.text())
  expect(offered).toHaveLength(3)
  expect(offered[2]).toMatch(/^export 3: 42 rows, trl-dpo, /)
  await part('train-base').setValue('/models/tiny')
  await part('train-base').trigger('change')
  await part('train-on').setValue('export 3')
  await part('take-hallucination-without').trigger('change')
  await flushPromises()
  expect(part('train-rows').text()).toBe('40 rows to learn from')
  expect((part('method-dpo').element as HTMLInputElement).checked).toBe(true)
  expect(part('export-command').text()).toContain('avocet export --format trl-dpo --as-of 7 -o dataset/')
  await part('train-form').trigger('submit')
  await flushPromises()
  expect(server.to('POST /trainings')[0]!.body).toMatchObject({ export_id: 3, method: 'dpo' })
  expect(server.to('POST /trainings')[0]!.body).not.toHaveProperty('recipe')
  // The rows of this export suit no other method.
  await part('method-kto').setValue()
  await flushPromises()
  expect((part('train-on').element as HTMLSelectElement).value).toBe('')
  expect(part('train-rows').text()).toBe('4 rows to learn from')
})

it('says what to install before anything is typed', async () => {
  const missing = "avocet train needs torch: pip install 'avocet-desk[train]'"
  const { page, part } = await visit(overview([], { installed: false, missing }))
  expect(page.find('[data-testid=train-form]').exists()).toBe(false)
  expect(part('train-missing').text()).toContain("pip install 'avocet-desk[train]'")
})

it('holds to one at a time unless one says otherwise', async () => {
  const { server, part } = await visit(overview([training('first')]))
  expect(part('train-answer').text()).toBe('first runs. At step 2 of 8, about 2 min left.')
  expect(part('train-start').attributes('disabled')).toBeDefined()
  await part('train-parallel').get('input').setValue(true)
  expect(part('train-start').attributes('disabled')).toBeUndefined()
  await part('train-form').trigger('submit')
  await flushPromises()
  expect(server.to('POST /trainings')[0]!.body).toMatchObject({ parallel: true })
})

it('says why nothing was started, and keeps what was typed', async () => {
  const { server, part } = await visit()
  const detail = 'There is no base model at /x.'
  server.routes['POST /trainings'] = () => ({ status: 422, json: { code: 'invalid_request', detail } })
  await part('train-base').setValue('/x')
  await part('train-form').trigger('submit')
  await flushPromises()
  expect(part('train-error').text()).toBe(`${detail} Nothing was started.`)
  expect((part('train-base').element as HTMLInputElement).value).toBe('/x')
})

it('offers nothing where no row is left', async () => {
  const { part } = await visit(overview(), {})
  expect(part('train-rows').text()).toContain('No row to learn from')
  expect(part('train-start').attributes('disabled')).toBeDefined()
})

it('reads the list again only while one runs', async () => {
  const shown = overview([training('one')])
  const { server } = await visit(shown)
  await vi.advanceTimersByTimeAsync(3 * POLL_MS)
  expect(server.to('GET /trainings')).toHaveLength(4)
  shown.trainings = [training('one', { state: 'done' })]
  await vi.advanceTimersByTimeAsync(POLL_MS)
  const asked = server.to('GET /trainings').length
  await vi.advanceTimersByTimeAsync(5 * POLL_MS)
  expect(server.to('GET /trainings')).toHaveLength(asked)
  expect(useTrainingsStore().running).toBeNull()
})

it('lists each one with its state, steps and losses', async () => {
  const failed = training('two', { state: 'failed', step: 0, total_steps: 0, loss: null, recipe: 'mine' })
  const { page } = await visit(overview([training('one'), failed]))
  const rows = page.findAll('[data-testid=training-row]').map((row) => row.text().replace(/\s+/g, ' '))
  expect(rows[0]).toMatch(/one.*SFT of tiny on everything approved.*Running.*2 of 8 · 2 min left.*1.500/)
  expect(rows[1]).toMatch(/two.*on recipe mine.*Failed/)
})

it('says that the desk does not answer', async () => {
  const { server, page, part } = await visit()
  server.routes['GET /trainings'] = () => ({ status: 503, json: { code: 'x', detail: 'Away.' } })
  await useTrainingsStore().load()
  await flushPromises()
  expect(part('error-banner').text()).toContain('Away.')
  expect(page.find('[data-testid=train-form]').exists()).toBe(true)
})
