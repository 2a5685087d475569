import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { fakeServer, gate } from '@/testing/fakeServer'
import { importReport, job, preview, run } from '@/testing/fixtures'
import { useRunImportsStore } from './runImportsStore'
import { POLL_MS, useRunsStore } from './runsStore'

const result = importReport({ run_id: 'r' })
const done = { json: { job: job(), result: preview({ report: result }) } }

it('reads the runs again every half second, but only while one is imported', async () => {
  vi.useFakeTimers()
  const slow = gate<boolean>()
  const server = fakeServer({
    'GET /runs': () => ({ json: [run('r', { state: 'importing', bytes_read: 50 })] }),
    'POST /jobs': () => ({ status: 202, json: job({ state: 'queued' }) }),
    'GET /jobs/j1': async () => {
      await slow.passed
      return done
    },
  })
  const store = useRunsStore()
  store.watchImports()
  await vi.advanceTimersByTimeAsync(5 * POLL_MS)
  expect(server.to('GET /runs')).toHaveLength(0)
  const imported = useRunImportsStore().importRun('r')
  await vi.advanceTimersByTimeAsync(3 * POLL_MS)
  expect(server.to('GET /runs')).toHaveLength(3)
  expect(store.runs[0]?.bytes_read).toBe(50)
  server.routes['GET /runs'] = () => ({ json: [run('r')] })
  slow.open(true)
  await imported
  await vi.advanceTimersByTimeAsync(POLL_MS)
  expect(store.anyImporting).toBe(false)
  expect(store.results['r']).toEqual(result)
  const calls = vi.mocked(fetch).mock.calls.length
  await vi.advanceTimersByTimeAsync(10 * POLL_MS)
  expect(vi.mocked(fetch).mock.calls.length).toBe(calls)
})

it('saves the folder, or says why not and keeps the old one', async () => {
  const config = { bench_results_dir: '/old', source: 'stored', state: 'ok', reviewer: 'ada', version: '1' }
  const json = { code: 'invalid_request', detail: 'Give the full path.' }
  const server = fakeServer({
    'GET /config': () => ({ json: config }),
    'POST /config': () => ({ status: 422, json }),
  })
  const store = useRunsStore()
  await store.loadConfig()
  expect(await store.saveFolder(' rel ')).toBe(false)
  await flushPromises()
  expect(server.to('POST /config')[0]!.body).toEqual({ bench_results_dir: 'rel' })
  expect(store.configError?.message).toBe('Give the full path.')
  expect(store.config?.bench_results_dir).toBe('/old')
})
