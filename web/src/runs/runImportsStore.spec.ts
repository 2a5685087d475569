import { expect, it } from 'vitest'
import { fakeServer } from '@/testing/fakeServer'
import { importReport, job, preview } from '@/testing/fixtures'
import { useRunImportsStore } from './runImportsStore'
import { useRunsStore } from './runsStore'

const done = { json: { job: job(), result: preview({ report: importReport({ run_id: 'r' }) }) } }

it('asks once for a run that is being imported already', async () => {
  const server = fakeServer({
    'GET /runs': () => ({ json: [] }),
    'POST /jobs': () => ({ status: 202, json: job({ state: 'queued' }) }),
    'GET /jobs/j1': () => done,
  })
  const store = useRunImportsStore()
  await Promise.all([store.importRun('r'), store.importRun('r')])
  useRunsStore().stopWatching()
  expect(server.to('POST /jobs')).toHaveLength(1)
})

it('keeps the reason an import was refused', async () => {
  const json = { code: 'unknown_run', detail: 'There is no run of this name.' }
  fakeServer({ 'GET /runs': () => ({ json: [] }), 'POST /jobs': () => ({ status: 404, json }) })
  const store = useRunImportsStore()
  await store.importRun('r')
  useRunsStore().stopWatching()
  expect(store.importErrors['r']?.message).toBe('There is no run of this name.')
})

it('says what a file that was asked about needs, and what stopped one that failed', async () => {
  const needs = { code: 'choice_needed' as const, detail: 'Say the threshold.', needs: 'threshold' }
  const error = { code: 'run_unreadable', detail: 'The file is gone.' }
  let answer: unknown = { job: job(), result: preview({ report: null, needs }) }
  fakeServer({
    'GET /runs': () => ({ json: [] }),
    'POST /jobs': () => ({ status: 202, json: job({ state: 'queued' }) }),
    'GET /jobs/j1': () => ({ json: answer }),
  })
  const store = useRunImportsStore()
  expect(await store.importRun('r')).toBe(false)
  answer = { job: job({ state: 'failed', error }), result: null }
  expect(await store.importRun('r')).toBe(true)
  expect(store.importErrors['r']?.message).toBe('The file is gone.')
  useRunsStore().stopWatching()
})

it('can stop an import that another page began, as long as it runs', () => {
  const store = useRunImportsStore()
  const counts = importReport({ run_id: 'far' })
  store.takeJobs([job({ job_id: 'j9', state: 'running', counts })])
  expect(store.jobs).toEqual({ far: 'j9' })
  store.takeJobs([job({ job_id: 'j9', state: 'done', counts })])
  expect(store.jobs).toEqual({})
})
