import { expect, it, vi } from 'vitest'
import { fakeEvents, fakeServer } from '@/testing/fakeServer'
import { card, config, decidedPage, desk as deskState, queuePage, run, stats } from '@/testing/fixtures'
import { judge } from '@/testing/judges'
import { nextReads, report, reportRow, unreadRow } from '@/testing/reports'
import { until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'

type Routes = Parameters<typeof fakeServer>[0]

async function visit(routes: Routes = {}, path = '/scores') {
  const server = fakeServer({
    'GET /config': () => ({ json: config }),
    'GET /stats': () => ({ json: stats() }),
    'GET /runs': () => ({ json: [run('run-2', { remaining: 7 }), run('run-1', { remaining: 3, kept: 4 })] }),
    'GET /queue': () => ({ json: queuePage([card('c1')]) }),
    'GET /decisions': () => ({ json: decidedPage([]) }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {}, by_fault: {} } }),
    'GET /report': ({ url }) => {
      const group = url.searchParams.get('group')
      if (!group) return { json: report([reportRow()]) }
      const rows = [reportRow({ task: 'arithmetic' }), unreadRow({ task: 'facts' })]
      return { json: report(rows, { group: group as 'task' }) }
    },
    'GET /report/next': () => ({ json: nextReads() }),
    'GET /samples': () => ({ json: [] }),
    ...routes,
  })
  const page = await visitApp(path)
  return { server, ...page }
}

const link = (element: HTMLElement) => decodeURIComponent(element.getAttribute('href') ?? '')

it('answers first, for the newest run that somebody has read', async () => {
  const desk = await visit()
  await until(() => desk.has('score-pane'))
  expect(desk.server.to('GET /report').map(({ url }) => url.searchParams.get('run_id'))).toEqual([
    'run-1',
    'run-1',
  ])
  expect(desk.text('scores-answer')).toBe(
    'About 63 of 100 answers are right (between 58 and 65). The harness counted 59.',
  )
  expect(desk.text('score-pane')).toContain('The harness may count too few')
  expect(desk.text('corrected-score')).toBe('62.6 %')
  expect(desk.text('read-failed')).toContain('12 were right all the same, 88 rightly failed')
  expect(desk.text('check-errors')).toBe(
    'Of 100 right answers the check fails about 8; of 100 wrong ones it passes about 3.',
  )
})

it('leads from its numbers to their cards', async () => {
  const desk = await visit()
  await until(() => desk.has('rows-plot'))
  const hrefs = [...document.querySelectorAll<HTMLElement>('main a[href^="/decided"]')].map(link)
  expect(hrefs).toContain('/decided?run_id=run-1&reading=right&outcome=failed')
  expect(hrefs).toContain('/decided?run_id=run-1&reading=wrong&outcome=passed')
  expect(hrefs).toContain('/decided?run_id=run-1&task_type=arithmetic&reading=any')
  expect(hrefs).toContain('/decided?run_id=run-1&reading=any&check_fault=check_too_strict')
  expect(hrefs).toContain('/decided?run_id=run-1&reading=told&outcome=failed&failure_category=wrong_answer')
})

it('tells of judges only where there are some', async () => {
  const none = await visit()
  await until(() => none.has('rows-pane'))
  expect(none.has('judge-pane')).toBe(false)
  const desk = await visit({
    'GET /report': ({ url }) => {
      const group = (url.searchParams.get('group') ?? 'none') as 'task'
      return { json: report([reportRow()], { group, judges: [judge()] }) }
    },
  })
  await until(() => desk.has('judge-pane'))
  expect(link(desk.get('judge-cards'))).toBe('/decided?run_id=run-1&reading=told')
})

it('keeps its choices in the address', async () => {
  const desk = await visit()
  await until(() => desk.has('rows-pane'))
  await desk.click('group-task_model')
  await desk.click('like-these')
  expect(desk.url()).toBe('/scores?run_id=run-1&group=task_model&like_these=true')
  await until(() => desk.server.to('GET /report').length === 6)
  const last = Object.fromEntries(desk.server.to('GET /report').at(-1)!.url.searchParams)
  expect(last).toEqual({ run_id: 'run-1', like_these: 'true', group: 'task_model' })
})

it('borrows task by task, and says what that assumes', async () => {
  const borrowed = {
    run_id: 'run-2',
    score: { value: 0.66, low: 0.59, high: 0.71 },
    note: 'Borrowed from run-2: a guess.',
  }
  const rows = [unreadRow({ task: 'facts', borrowed })]
  const desk = await visit(
    { 'GET /report': ({ url }) => ({ json: report(url.searchParams.has('group') ? rows : [unreadRow()]) }) },
    '/scores?run_id=run-1&group=model&borrow=run-2',
  )
  await until(() => desk.has('borrowed-note'))
  expect(desk.server.to('GET /report').at(-1)!.url.searchParams.get('group')).toBe('task')
  expect(desk.text('score-row')).toContain('66.0 %59.0 to 71.0, borrowed')
  expect(desk.text('borrowed-note')).toBe('Borrowed from run-2: a guess.')
})

it('shows the same as a table, with more', async () => {
  const desk = await visit()
  await until(() => desk.has('score-pane'))
  await desk.click('as-table')
  expect(desk.text('score-table')).toContain('Difference+3.8−0.5+6.6')
  await desk.click(desk.all('as-table')[1]!)
  expect(desk.text('rows-table')).toContain('100 of 412random sample')
})

it('draws a sample and opens it in Review', async () => {
  const desk = await visit({
    'POST /samples': ({ body }) => ({ status: 201, json: { name: (body as { name: string }).name } }),
    'GET /samples/run-1': () => ({
      json: { name: 'run-1', filter: { run_id: 'run-1' }, prefix: 37, members: 100, decided: 40 },
    }),
  })
  await until(() => desk.has('next-action'))
  expect(desk.text('next-action')).toBe('Read 32 failed, 18 passed')
  await desk.click('next-action')
  await until(() => desk.has('sample-pill'))
  expect(desk.server.to('POST /samples')[0]!.body).toEqual({
    name: 'run-1',
    filter: { run_id: ['run-1'], outcome: 'any' },
    per: [],
    allocation: [
      { outcome: 'failed', cards: 32 },
      { outcome: 'passed', cards: 18 },
    ],
  })
  expect(desk.url()).toBe('/?sample=run-1')
  await until(() => desk.text('sample-pill').includes('37 of 100 read'))
  const asked = () => desk.server.to('GET /queue').map(({ url }) => url.searchParams)
  await until(() => asked().some((query) => query.get('sample') === 'run-1'))
  expect(asked().at(-1)!.has('order')).toBe(false)
  expect(link(desk.get('sample-pill').querySelector('a')!)).toBe('/scores?run_id=run-1')
})

it('a sample that is read to its end says so, and leads back to the scores of its run', async () => {
  const progress = { prefix: 19, members: 20, decided: 19 }
  const desk = await visit(
    {
      'GET /queue': () => ({ json: queuePage([]) }),
      'GET /samples/audit': () => ({ json: { name: 'audit', filter: { run_id: 'run-1' }, ...progress } }),
    },
    '/?sample=audit',
  )
  await until(() => desk.has('empty-no-match'))
  expect([desk.has('sample-end'), desk.has('sample-scores')]).toEqual([false, false])
  Object.assign(progress, { prefix: 20, decided: 20 })
  await desk.router.push('/scores')
  await desk.router.push('/?sample=audit')
  await until(() => desk.has('sample-end'))
  expect(desk.text('sample-end')).toBe('All 20 cards of the sample audit are read')
  expect(link(desk.get('sample-scores'))).toBe('/scores?run_id=run-1')
  expect(desk.get('clear-filters').classList).toContain('btn-quiet')
})

it('grows samples that are there', async () => {
  const steps = [
    { sample: 'audit', size: 132, allocation: [] },
    { sample: 'both', size: null, allocation: [{ outcome: 'passed' as const, cards: 18 }] },
  ]
  const grown = { json: { name: 'x' } }
  const desk = await visit({
    'GET /report/next': () => ({ json: nextReads({ steps }) }),
    'POST /samples/audit/grow': () => grown,
    'POST /samples/both/grow': () => grown,
    'GET /samples/audit': () => ({ status: 404, json: {} }),
  })
  await until(() => desk.has('next-action'))
  await desk.click('next-action')
  await until(() => desk.url() === '/?sample=audit')
  expect(desk.server.to('POST /samples/audit/grow')[0]!.body).toEqual({ size: 132 })
  expect(desk.server.to('POST /samples/both/grow')[0]!.body).toEqual({
    allocation: [{ outcome: 'passed', cards: 18 }],
  })
})

it('says why a sample could not be drawn, and stays', async () => {
  const desk = await visit({
    'POST /samples': () => ({
      status: 409,
      json: { code: 'nothing_to_draw', detail: 'No unread card matches.' },
    }),
  })
  await until(() => desk.has('next-action'))
  await desk.click('next-action')
  await until(() => desk.has('error-banner'))
  expect(desk.text('error-banner')).toContain('No unread card matches.')
  expect(desk.url()).toBe('/scores')
})

it('swaps its action in where no pass can be read', async () => {
  const most = unreadRow({
    read: { failed: 100, passed: 0 },
    basis: { failed: 'sample', passed: 'none' },
    effective_reads: { failed: 100, passed: 0 },
    at_most: { value: 0.637, low: 0.618, high: 0.664 },
  })
  const started = { job_id: 'j1', kind: 'import', state: 'queued', error: null, counts: null }
  const desk = await visit({
    'GET /report': ({ url }) => ({ json: report(url.searchParams.has('group') ? [] : [most]) }),
    'GET /report/next': () => ({
      json: nextReads({ needs: 'keep_passes', width_of: 'false_fails' }),
    }),
    'POST /jobs': () => ({ status: 202, json: started }),
    'GET /jobs/j1': () => ({ json: { job: { ...started, state: 'done' }, result: null } }),
  })
  await until(() => desk.has('next-action'))
  expect(desk.text('corrected-score')).toBe('≤ 66.4 %')
  await desk.click('next-action')
  await until(() => desk.server.to('POST /jobs').length)
  expect(desk.server.to('POST /jobs')[0]!.body).toEqual({
    kind: 'import',
    run_id: 'run-1',
    keep: { passed: 50 },
  })
})

it.each([
  ['scores-no-run', [], {}],
  ['scores-no-items', [run('run-1')], { harness_score: null, items: { unscored: 4 } }],
])('%s says what to do', async (id, runs, changes) => {
  const desk = await visit({
    'GET /runs': () => ({ json: runs }),
    'GET /report': () => ({ json: report([unreadRow(changes)]) }),
  })
  await until(() => desk.has(id))
  expect(desk.get(id).querySelector('a')?.getAttribute('href')).toBe('/runs')
})

it('offers to try again when the report cannot be read', async () => {
  let broken = true
  const answers = () =>
    broken
      ? { status: 404, json: { code: 'unknown_run', detail: 'There is no run.' } }
      : { json: report([reportRow()]) }
  const desk = await visit({ 'GET /report': answers }, '/scores?run_id=x')
  await until(() => desk.has('error-banner'))
  expect(desk.text('error-banner')).toContain('There is no run.')
  broken = false
  await desk.click(desk.get('error-banner').querySelector('button')!)
  await until(() => desk.has('score-pane'))
  expect(desk.has('error-banner')).toBe(false)
})

it('reads the report again after a decision', async () => {
  const events = fakeEvents()
  const desk = await visit()
  await until(() => desk.has('score-pane'))
  events.tell(deskState({ decision_id: 150 }))
  events.tell(deskState({ decision_id: 151 }))
  await until(() => desk.server.to('GET /report').length === 4)
})

it('saves the report in three formats', async () => {
  const saved: { name: string; text: string }[] = []
  const blobs: Blob[] = []
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob)
    return 'blob:x'
  })
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, text: '' })
  })
  const desk = await visit()
  await until(() => desk.has('save-md'))
  for (const format of ['md', 'csv', 'json']) desk.get(`save-${format}`).click()
  expect(saved.map(({ name }) => name)).toEqual(['report-run-1.md', 'report-run-1.csv', 'report-run-1.json'])
  expect(await blobs[0]!.text()).toContain('# Scores of run-1')
  expect(await blobs[1]!.text()).toContain('run-1,150,arithmetic')
  expect(JSON.parse(await blobs[2]!.text())).toMatchObject({ whole: { read: { failed: 100 } } })
})
