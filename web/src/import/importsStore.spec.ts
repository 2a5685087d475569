import { expect, it, vi } from 'vitest'
import type { JobRequest, SourceSummary } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { cards, importReport, job, preview } from '@/testing/fixtures'
import { until } from '@/testing/until'
import { REST_MS, useImportsStore } from './importsStore'

const ID = 'a'.repeat(32)

function source(name: string): SourceSummary {
  return {
    name,
    key: name,
    format: 'lm-eval',
    title: 'lm-evaluation-harness',
    files: [`${name}.jsonl`],
    bytes: 100,
  }
}

type Result = ReturnType<typeof preview> | null

/** A desk with an upload. Every job is done when asked for, with the result of `answer`; null means not yet. */
function server(
  names: string[],
  answer: (request: JobRequest) => Result = () => preview(),
  upload = { upload_id: ID, runs: names.map(source), unrecognised: [] as object[] },
) {
  const requests: JobRequest[] = []
  const routes: Parameters<typeof fakeServer>[0] = {
    [`GET /uploads/${ID}`]: () => ({ json: upload }),
    [`DELETE /uploads/${ID}`]: () => ({ status: 204, json: null }),
    'GET /importers': () => ({ json: [{ name: 'lm-eval', title: 'lm-evaluation-harness' }] }),
    'GET /jobs': () => ({ json: [] }),
    'GET /runs': () => ({ json: [] }),
    'GET /stats': () => ({ status: 503, json: {} }),
    'POST /jobs': ({ body }) => {
      const number = requests.push(body as JobRequest)
      const job_id = `j${number}`
      const { kind, name } = body as JobRequest
      const told = job({ job_id, kind, name: name ?? '', upload_id: ID })
      routes[`GET /jobs/${job_id}`] = () => {
        const result = answer(body as JobRequest)
        return { json: { job: { ...told, state: result ? 'done' : 'running' }, result } }
      }
      routes[`DELETE /jobs/${job_id}`] = () => ({ json: { ...told, state: 'cancelled' } })
      return { status: 202, json: { ...told, state: 'queued' } }
    },
  }
  return {
    ...fakeServer(routes),
    requests,
    previews: () => requests.filter(({ kind }) => kind === 'preview'),
  }
}

async function opened(...given: Parameters<typeof server>) {
  const desk = server(...given)
  const store = useImportsStore()
  await store.openUpload(ID)
  await settled(store)
  return { desk, store, section: store.sections[0]! }
}

async function settled(store: ReturnType<typeof useImportsStore>): Promise<void> {
  await until(() => store.sections.every(({ preview, lookError }) => preview ?? lookError))
}

it('looks at every run of an upload, and says what importing them would do', async () => {
  const { desk, store } = await opened(['one', 'two', 'three'])
  expect(desk.previews().map(({ name }) => name)).toEqual(['one', 'two', 'three'])
  expect(store.wouldImport).toBe(9)
  expect(store.ready).toHaveLength(3)
})

it('previews again after a pause in choosing, and stops the preview before', async () => {
  vi.useFakeTimers()
  const desk = server(['one'], ({ threshold }) =>
    threshold === 0.5 ? null : preview({ report: importReport({ imported: threshold === 0.7 ? 1 : 3 }) }),
  )
  const store = useImportsStore()
  await store.openUpload(ID)
  await vi.advanceTimersByTimeAsync(200)
  for (const threshold of [0.9, 0.8, 0.5]) store.choose('one', { threshold })
  const section = store.sections[0]!
  expect(section.stale).toBe(true)
  expect(section.preview?.report?.imported).toBe(3)
  await vi.advanceTimersByTimeAsync(REST_MS + 100)
  expect(desk.previews().map(({ threshold }) => threshold)).toEqual([undefined, 0.5])
  store.choose('one', { threshold: 0.7 })
  await vi.advanceTimersByTimeAsync(REST_MS + 200)
  expect(desk.to('DELETE /jobs/j2')).toHaveLength(1)
  expect(section.preview?.report?.imported).toBe(1)
  expect(section.stale).toBe(false)
})

it('keeps what was chosen through a reload', async () => {
  const { store } = await opened(['one'])
  store.choose('one', { metric: 'edit_distance', threshold: 2 })
  store.stopLooking()
  store.$reset()
  const desk = server(['one'])
  await store.openUpload(ID)
  await settled(store)
  expect(desk.requests[0]).toMatchObject({
    metric: 'edit_distance',
    threshold: 2,
    upload_id: ID,
    name: 'one',
  })
})

it('another format forgets the choices that only the former one has', async () => {
  vi.useFakeTimers()
  const { store, section } = await openedWithTimers()
  store.choose('one', { metric: 'edit_distance', model_name: 'tiny' })
  store.chooseFormat('one', 'generic')
  expect(section.options).toEqual({ model_name: 'tiny' })
  expect(section.format).toBe('generic')
})

async function openedWithTimers() {
  server(['one'])
  const store = useImportsStore()
  await store.openUpload(ID)
  await vi.advanceTimersByTimeAsync(100)
  return { store, section: store.sections[0]! }
}

it('a run with an open question is not imported with the others', async () => {
  const needs = { code: 'choice_needed' as const, detail: 'Say the threshold.', needs: 'threshold' }
  const { store, desk } = await opened(['one', 'two'], ({ name, kind }) =>
    name === 'two'
      ? preview({ report: null, cards: [], needs })
      : preview({ cards: cards(kind === 'import' ? 0 : 2) }),
  )
  expect(store.ready.map(({ name }) => name)).toEqual(['one'])
  await store.importAll()
  expect(store.sections.map(({ phase }) => phase)).toEqual(['done', 'look'])
  expect(desk.to(`DELETE /uploads/${ID}`)).toHaveLength(0)
})

it('clears the files away once everything in them is imported', async () => {
  const { store, desk } = await opened(['one', 'two'])
  await store.importAll()
  expect(desk.to(`DELETE /uploads/${ID}`)).toHaveLength(1)
  expect(store.gone).toBe(true)
  expect(store.sections.every(({ imported }) => imported?.imported === 3)).toBe(true)
})

it('tells why an import was stopped, and looks at what is left', async () => {
  const desk = server(['one'])
  const store = useImportsStore()
  await store.openUpload(ID)
  await settled(store)
  const error = { code: 'cancelled', detail: 'The import was stopped.' }
  desk.routes['POST /jobs'] = () => ({ status: 202, json: job({ job_id: 'jx', state: 'queued' }) })
  desk.routes['GET /jobs/jx'] = () => ({ json: { job: job({ state: 'cancelled', error }), result: null } })
  await store.importOne('one')
  expect(store.sections[0]).toMatchObject({ phase: 'look', stopped: 'The import was stopped.' })
})

it('goes on with an import that was begun before the page was loaded', async () => {
  const desk = server(['one'])
  desk.routes['GET /jobs'] = () => ({
    json: [job({ job_id: 'jx', name: 'one', upload_id: ID, state: 'running' })],
  })
  desk.routes['GET /jobs/jx'] = () => ({ json: { job: job({ job_id: 'jx' }), result: preview() } })
  const store = useImportsStore()
  await store.openUpload(ID)
  await until(() => store.sections[0]?.phase === 'done')
  expect(desk.previews()).toHaveLength(0)
})

it('shows what was imported from files that are gone', async () => {
  const desk = server([])
  desk.routes[`GET /uploads/${ID}`] = () => ({ status: 404, json: { code: 'not_found', detail: 'Gone.' } })
  desk.routes['GET /jobs'] = () => ({ json: [job({ job_id: 'jx', name: 'one', upload_id: ID })] })
  desk.routes['GET /jobs/jx'] = () => ({ json: { job: job({ job_id: 'jx' }), result: preview() } })
  const store = useImportsStore()
  await store.openUpload(ID)
  await until(() => store.sections[0]?.phase === 'done')
  expect(store.gone).toBe(true)
})

it('reads a file that nobody knows as the person says', async () => {
  const unrecognised = [{ name: 'a.csv', detail: 'Unknown.', tried: ['lm-eval'], columns: ['q', 'a'] }]
  const { store, desk } = await opened([], () => preview(), { upload_id: ID, runs: [], unrecognised })
  store.readAs(store.unrecognised[0]!, 'generic')
  await settled(store)
  expect(desk.requests[0]).toMatchObject({ name: 'a.csv', format: 'generic', kind: 'preview' })
  expect(store.unrecognised).toEqual([])
})
