import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { TrainingView as View } from '@/api/types'
import { routes } from '@/router'
import { fakeEvents, fakeServer } from '@/testing/fakeServer'
import { training, trainingView } from '@/testing/trainings'
import TrainingView from './TrainingView.vue'

const GROUP = { rows: 4, used: 4, trained: 3, measured: 1, answer_tokens: 1200, tokens: 3000 }

async function visit(changes: Partial<View> = {}) {
  const state = { view: trainingView('one', changes), log: 'first words' }
  const events = fakeEvents()
  const server = fakeServer({
    'GET /trainings/one': () => ({ json: state.view }),
    'GET /trainings/one/log': () => ({ json: { text: state.log } }),
    'POST /trainings/one/stop': () => ({ json: training('one', { state: 'stopping' }) }),
    'POST /trainings/one/resume': () => ({ json: trainingView('one', { state: 'starting' }) }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/train/one')
  const page = mount(TrainingView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  const part = (id: string) => page.get(`[data-testid=${id}]`)
  return { state, events, server, page, part, has: (id: string) => page.find(`[data-testid=${id}]`).exists() }
}

it('follows one that runs, from its points to its report', async () => {
  const { state, events, page, part, has } = await visit()
  expect(events.opened.map(({ url }) => url)).toEqual(['/api/sft/trainings/one/events'])
  expect(part('training-answer').text()).toBe('At step 2 of 8, about 2 min left.')
  expect(part('trained-rows').text()).toContain('4 of 6 rows taken')
  state.log = 'more words'
  const source = events.opened[0]!
  source.emit('training', {
    training: training('one', { step: 4, log_bytes: 20 }),
    points_from: 1,
    points: [{ step: 4, seconds: 8, tokens: 40, loss: 1, eval_loss: 3 }],
  })
  await flushPromises()
  expect(part('training-answer').text()).toContain('At step 4 of 8')
  expect(
    part('loss-plot')
      .findAll('tbody tr')
      .map((row) => row.text()),
  ).toEqual(['12.000–', '41.0003.000'])
  expect(part('training-log').text()).toContain('more words')
  state.view = trainingView('one', {
    state: 'done',
    step: 8,
    has_report: true,
    notes: ['Left out 2: longer than max_length'],
    train_rows: 3,
    validation_rows: 1,
    by_category: { wrong_answer: 4, 'not said': 2 },
    outcomes: { failed: { ...GROUP, rows: 5, used: 3 }, passed: { ...GROUP, rows: 1, used: 1 } },
    categories: { wrong_answer: GROUP, 'not said': { ...GROUP, answer_tokens: 0, tokens: 0 } },
  })
  source.emit('training', {
    training: training('one', { state: 'done', step: 8 }),
    points_from: 2,
    points: [],
  })
  await flushPromises()
  expect(source.closed).toBe(true)
  expect(part('training-report').attributes('href')).toBe('/api/sft/trainings/one/report')
  expect(part('bench-it').attributes('href')).toBe('/bench?base=/models/tiny&adapter=one')
  expect(part('training-notes').text()).toContain('Left out 2: longer than max_length.')
  expect(page.text()).toContain('/data/trainings/one/adapter')
  expect(
    part('trained-rows')
      .findAll('tbody tr')
      .map((row) => row.findAll('th, td').map((cell) => cell.text())),
  ).toEqual([
    ['Failed the check', '5', '3', '1,200', '3,000'],
    ['Passed the check', '1', '1', '1,200', '3,000'],
    ['Wrong answer', '4', '4', '1,200', '3,000'],
    ['Not said', '2', '0', '0', '0'],
  ])
  expect([has('training-stop'), has('training-resume')]).toEqual([false, false])
})

it('stops with a checkpoint, then at once', async () => {
  const { part } = await visit()
  expect(part('training-stop').text()).toBe('Stop and keep a checkpoint')
  await part('training-stop').trigger('click')
  await flushPromises()
  expect(part('job-state').text()).toBe('Stopping')
  expect(part('training-stop').text()).toBe('Stop at once')
})

it('goes on from where it was stopped, or says why not', async () => {
  const { events, server, part } = await visit({ state: 'interrupted' })
  expect(events.opened).toHaveLength(0)
  const body = { code: 'already_training', detail: 'The training two runs.' }
  const resume = server.routes['POST /trainings/one/resume']!
  server.routes['POST /trainings/one/resume'] = () => ({ status: 409, json: body })
  await part('training-resume').trigger('click')
  await flushPromises()
  expect(part('error-banner').text()).toContain('The training two runs.')
  server.routes['POST /trainings/one/resume'] = resume
  await part('training-resume').trigger('click')
  await flushPromises()
  expect(part('job-state').text()).toBe('Starting')
  expect(events.opened).toHaveLength(1)
})

it('says why it failed and opens its log', async () => {
  const { part, has } = await visit({ state: 'failed', error: 'ImportError: no torch', step: 0, points: [] })
  expect(part('training-error').text()).toBe('ImportError: no torch')
  expect(part('training-log').attributes('open')).toBeDefined()
  expect(has('loss-plot')).toBe(false)
})

it('says that there is no such training', async () => {
  const { server, part } = await visit()
  server.routes['GET /trainings/one'] = () => ({
    status: 404,
    json: { code: 'not_found', detail: 'None of that name.' },
  })
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
  expect(part('error-banner').text()).toContain('None of that name.')
})

it('closes its stream when the page is left', async () => {
  const { events, page } = await visit()
  page.unmount()
  expect(events.opened[0]?.closed).toBe(true)
})
