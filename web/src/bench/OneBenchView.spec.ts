import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { BenchView as View } from '@/api/types'
import { routes } from '@/router'
import { askedModel, bench, benchView } from '@/testing/benches'
import { fakeEvents, fakeServer } from '@/testing/fakeServer'
import BenchView from './BenchView.vue'

async function visit(changes: Partial<View> = {}) {
  const state = { view: benchView('one', changes), log: 'first words' }
  const events = fakeEvents()
  const server = fakeServer({
    'GET /benches/one': () => ({ json: state.view }),
    'GET /benches/one/log': () => ({ json: { text: state.log } }),
    'POST /benches/one/stop': () => ({ json: bench('one', { state: 'stopping' }) }),
    'POST /benches/one/resume': () => ({ json: benchView('one', { state: 'starting' }) }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push('/bench/one')
  const page = mount(BenchView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  const part = (id: string) => page.get(`[data-testid=${id}]`)
  return { state, events, server, page, part, has: (id: string) => page.find(`[data-testid=${id}]`).exists() }
}

it('follows one that runs until its runs are imported', async () => {
  const { state, events, page, part, has } = await visit()
  expect(events.opened.map(({ url }) => url)).toEqual(['/api/sft/benches/one/events'])
  expect(part('bench-answer').text()).toBe('10 of 20 asked, about 1 min left.')
  expect([part('asked-share').text(), part('asked-failed').text()]).toEqual(['67\u00a0%passed so far', '3'])
  expect([has('asked-links'), has('asked-unscored'), has('bench-errors')]).toEqual([false, false, false])
  const source = events.opened[0]!
  state.log = 'more words'
  state.view = benchView('one', { errors: [{ task: 'sum-3', reason: 'it answered 400' }], log_bytes: 20 })
  source.emit('bench', bench('one', { log_bytes: 20 }))
  await flushPromises()
  expect(part('bench-log').text()).toContain('more words')
  expect(part('bench-errors').text()).toMatch(/sum-3\s*it answered 400/)
  const models = [
    askedModel('tiny', {
      run: 'r',
      imported: true,
      done: 20,
      passed: 12,
      failed: 6,
      unscored: 2,
      judged: 18,
    }),
  ]
  state.view = benchView('one', { state: 'done', models, done: 20 })
  source.emit('bench', bench('one', { state: 'done', models, done: 20 }))
  await flushPromises()
  expect(source.closed).toBe(true)
  expect(part('bench-answer').text()).toBe('1 model was asked 20 tasks in 1 min.')
  expect([part('asked-unscored').text(), part('asked-judged').text()]).toEqual(['2', '18'])
  expect(part('to-cards').attributes('href')).toBe('/?run_id=r')
  expect([has('bench-stop'), has('bench-resume')]).toEqual([false, false])
  expect(page.text()).toContain('/data/benches/one')
})

it('shows each of several models beside the others', async () => {
  const models = [askedModel('tiny', { done: 20, passed: 9, failed: 11 }), askedModel('tiny + tuned')]
  const { page } = await visit({ models, done: 20, total: 40 })
  const said = page.findAll('[data-testid=asked-done]').map((one) => one.text())
  expect(said).toEqual(['20 of 20 asked', 'not asked yet'])
  expect(page.findAll('[role=progressbar]').map((bar) => bar.attributes('aria-label'))).toEqual([
    'Answers of one',
    'Answers of tiny + tuned',
  ])
})

it('stops, then at once', async () => {
  const { part } = await visit()
  expect(part('bench-stop').text()).toBe('Stop and keep the answers')
  await part('bench-stop').trigger('click')
  await flushPromises()
  expect(part('job-state').text()).toBe('Stopping')
  expect(part('bench-stop').text()).toBe('Stop at once')
})

it('goes on, beside another one if that is wanted', async () => {
  const { events, server, part, has } = await visit({ state: 'stopped' })
  expect(events.opened).toHaveLength(0)
  const resume = server.routes['POST /benches/one/resume']!
  const detail = 'The bench two runs.'
  server.routes['POST /benches/one/resume'] = () => ({
    status: 409,
    json: { code: 'already_benching', detail },
  })
  await part('bench-resume').trigger('click')
  await flushPromises()
  expect(part('error-banner').text()).toContain(detail)
  server.routes['POST /benches/one/resume'] = resume
  await part('resume-beside').trigger('click')
  await flushPromises()
  expect(server.to('POST /benches/one/resume')[1]!.url.searchParams.get('parallel')).toBe('true')
  expect([part('job-state').text(), has('resume-beside')]).toEqual(['Starting', false])
  expect(events.opened).toHaveLength(1)
})

it('offers to ask again what errored', async () => {
  const { part } = await visit({ state: 'done' })
  expect(part('bench-resume').text()).toBe('Ask again what errored')
})

it('says why it failed and opens its log', async () => {
  const { part } = await visit({ state: 'failed', error: 'The endpoint answered 401.' })
  expect(part('bench-failure').text()).toBe('The endpoint answered 401.')
  expect(part('bench-log').attributes('open')).toBeDefined()
})

it('says that there is no such bench, and lets go of its stream when it is hidden', async () => {
  const { server, events, part, page } = await visit()
  server.routes['GET /benches/one'] = () => ({ status: 404, json: { code: 'not_found', detail: 'None.' } })
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
  expect(part('error-banner').text()).toContain('None.')
  page.unmount()
  expect(events.opened.every(({ closed }) => closed)).toBe(true)
})
