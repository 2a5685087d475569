import { expect, it } from 'vitest'
import { compared, comparedItem, comparison, exposure, judged } from '@/testing/comparisons'
import { fakeServer } from '@/testing/fakeServer'
import { card, config, run, stats } from '@/testing/fixtures'
import { report, reportRow } from '@/testing/reports'
import { until } from '@/testing/until'
import { visitApp } from '@/testing/visitApp'

type Routes = Parameters<typeof fakeServer>[0]
const BOTH = '/compare?before=old&after=new'

async function visit(path: string, routes: Routes = {}) {
  const server = fakeServer({
    'GET /config': () => ({ json: config }),
    'GET /stats': () => ({ json: stats() }),
    'GET /runs': () => ({ json: [run('new'), run('old')] }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {}, by_fault: {} } }),
    'GET /report': () => ({ json: report([reportRow({ task: 'sums' })], { group: 'task_model' }) }),
    'GET /compare': () => ({ json: judged() }),
    'GET /card new/1': () => ({ json: card('new/1', { decision_id: 5, model_response: 'The sum is 5.' }) }),
    'GET /card/history new/1': () => ({ json: [{ decision_id: 5, reviewer: 'ada' }] }),
    'GET /card old/2': () => ({ json: card('old/2', { model_response: 'The sum is 5.' }) }),
    'GET /card new/2': () => ({
      json: card('new/2', { model_response: 'The sum is 4.', outcome: 'passed' }),
    }),
    ...routes,
  })
  const page = await visitApp(path)
  return { server, ...page }
}

it('answers first, and shows the first flip with what each side said', async () => {
  const desk = await visit(BOTH)
  await until(() => desk.has('judged'))
  expect(desk.text('compare-answer')).toBe(
    'After, 75 of 120 are right, 71 before: too small a difference to be sure of.',
  )
  expect(desk.text('flow-pane')).toContain('7 fixed, 3 broken; the other 110 as they were')
  expect(desk.text('difference-pane')).toContain('3.3 points better, but it may be chance')
  expect(desk.text('side-before')).toContain(
    'This answer passed and has no card; keep passes with --keep to see it.',
  )
  expect(desk.text('judged')).toBe('Read by ada: wrong answer.')
  expect(desk.text('categories-pane')).toContain('19 before and 20 after have no category')
})

it('goes through the flips with J and K, and marks the words that differ', async () => {
  const desk = await visit(BOTH)
  await until(() => desk.has('judged'))
  await desk.key('j')
  await until(() => desk.all('side-text').length === 2)
  expect(desk.get('side-before').querySelector('del')?.textContent).toBe('5')
  expect(desk.get('side-after').querySelector('ins')?.textContent).toBe('4')
  expect(desk.all('open-card').map((link) => link.getAttribute('href'))).toEqual([
    '/cards/old/2',
    '/cards/new/2',
  ])
  await desk.key('j')
  expect(desk.text('item-pane')).toContain('sum-2')
  await desk.key('k')
  expect(desk.text('item-pane')).toContain('sum-1')
  await desk.click('flow-fixed')
  expect(desk.text('item-pane')).toContain('sum-2')
})

it('has every count in a table, and nothing but the table where there are several epochs', async () => {
  const desk = await visit(BOTH)
  await until(() => desk.has('flow-pane'))
  await desk.click('as-table')
  expect(desk.text('flow-table')).toContain('fixed7wrong before, right after')
  const epochs = judged({ compared: compared({ method: 'sign_flips_bootstrap', only_before: 4 }) })
  const other = await visit('/compare?before=new&after=old', { 'GET /compare': () => ({ json: epochs }) })
  await until(() => other.has('flow-table'))
  expect(other.text('left-out')).toBe('Left out: 4 items only before.')
  expect(other.has('as-plot')).toBe(false)
})

it('judges by a gate, with its exit code and files', async () => {
  const gate = {
    verdict: 'cannot_tell' as const,
    note: null,
    conditions: [
      { condition: 'regressions <= 3', verdict: 'passed' as const, sentence: '3: holds.' },
      {
        condition: 'corrected_score >= 0.6',
        verdict: 'cannot_tell' as const,
        sentence: 'Too little was read.',
      },
    ],
  }
  const desk = await visit(BOTH, {
    'GET /compare': ({ url }) => ({ json: judged(url.searchParams.has('gate') ? { gate } : {}) }),
  })
  await until(() => desk.has('gate'))
  expect(desk.has('save-JUnit')).toBe(false)
  await desk.click('gate-open')
  await desk.write('gate-field', 'regressions <= 3, corrected_score >= 0.6')
  await desk.click('gate-judge')
  await until(() => desk.has('gate-verdict'))
  expect(desk.text('gate-verdict')).toBe('Gate cannot tell')
  expect(desk.text('gate-exit')).toBe('exit code 4')
  expect(desk.all('gate-condition')).toHaveLength(2)
  expect(desk.get('save-JUnit').getAttribute('href')).toContain('format=junit')
  expect(desk.url()).toContain('gate=')
})

it('shows the comparison beside a gate that is not understood', async () => {
  const refused = {
    code: 'invalid_request',
    detail: 'nonsense names no metric. A condition is METRIC OP LIMIT.',
  }
  const desk = await visit(`${BOTH}&gate=nonsense&verdicts=harness`, {
    'GET /compare': ({ url }) =>
      url.searchParams.has('gate') ? { status: 422, json: refused } : { json: judged() },
  })
  await until(() => desk.has('gate-error'))
  expect(desk.text('gate-error')).toContain('METRIC OP LIMIT')
  expect(desk.has('flow-pane')).toBe(true)
  expect(desk.server.to('GET /compare').at(-1)!.url.searchParams.get('verdicts')).toBe('harness')
})

it('tells the exposed items apart, and marks them', async () => {
  const notClean = 'Not clean: 12 of 120 compared items stood in what new was trained on (export 3).'
  const told = compared({
    exposure: exposure(),
    notes: [notClean],
    items: [comparedItem({ exposed: true }), comparedItem({ item: 'sum-2', kind: 'fixed' })],
  })
  const gate = { verdict: 'passed' as const, conditions: [], note: notClean }
  const desk = await visit(`${BOTH}&trained_on=3,%20mine&gate=fixed`, {
    'GET /compare': () => ({ json: judged({ compared: told, gate }) }),
  })
  await until(() => desk.has('exposure-pane'))
  expect(desk.text('notes')).toContain('Not clean')
  expect(desk.text('exposure-pane')).toContain('12 of 120 compared items exposed')
  expect(desk.all('exposure-row').map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
    ['not exposed', '108', '65', '64', '−0.9', 'between −5.0 and +3.1', '1'],
    ['exposed', '12', '6', '11', '+41.7', 'between +5.1 and +67.2', '0.063'],
    ['all', '120', '71', '75', '+3.3', 'between −2.0 and +8.7', '0.34'],
  ])
  expect(desk.all('flip-row').map((row) => row.textContent?.includes('exposed'))).toEqual([true, false])
  expect(desk.get('item-pane').querySelector('[data-testid="exposed"]')).not.toBeNull()
  expect(desk.text('gate-note')).toBe('the comparison is not clean')
  expect(desk.text('exposure-lines')).toContain('What old was trained on is not known.')
  expect(desk.text('exposure-lines')).toContain(
    '12 compared items stood in what new was trained on (export 3, as you said).',
  )
  expect(desk.text('exposure-lines')).toContain('1 row of what new was trained on can’t be traced')
  expect(desk.server.to('GET /compare').at(-1)!.url.searchParams.getAll('trained_on')).toEqual(['3', 'mine'])
  expect(desk.get('save-Markdown').getAttribute('href')).toContain('trained_on=3&trained_on=mine')
})

it('says that nothing is known, and takes what a person knows', async () => {
  const unknown = { code: 'unknown_export', detail: 'There is no export 7.' }
  const desk = await visit(`${BOTH}&gate=regressions`, {
    'GET /compare': ({ url }) =>
      url.searchParams.has('trained_on') ? { status: 404, json: unknown } : { json: judged() },
  })
  await until(() => desk.has('exposure'))
  expect(desk.has('exposure-pane')).toBe(false)
  expect(desk.text('exposure-lines')).toBe(
    'What the sides were trained on is not known, so no item can be told to be exposed.',
  )
  await desk.click('exposure-open')
  await desk.write('exposure-after', '7')
  await desk.click('exposure-say')
  await until(() => desk.has('exposure-error'))
  expect(desk.text('exposure-error')).toBe('There is no export 7.')
  expect(desk.has('gate-error')).toBe(false)
  expect(desk.url()).toContain('trained_on=7')
  expect(desk.text('compare-answer')).toContain('75 of 120 are right')
  // what was said of one run is not true of another
  await desk.click('swap')
  await until(() => desk.url().includes('before=new'))
  expect(desk.url()).not.toContain('trained_on')
  expect(desk.url()).toContain('gate=regressions')
})

it('suggests the newest two runs that share a task', async () => {
  const desk = await visit('/compare?after=new')
  await until(() => desk.has('suggestion'))
  expect(desk.text('suggestion')).toBe('Compare old with new')
  await desk.click('suggestion')
  expect(desk.url()).toBe('/compare?before=old&after=new')
  await until(() => desk.has('flow-pane'))
})

it('lets one of several models be chosen', async () => {
  const rows = [
    reportRow({ task: 'sums', model_name: 'base' }),
    reportRow({ task: 'sums', model_name: 'tuned' }),
  ]
  const desk = await visit('/compare?before=old&after=new:tuned', {
    'GET /report': () => ({ json: report(rows, { group: 'task_model' }) }),
    'GET /compare': () => ({ status: 422, json: { code: 'invalid_request', detail: 'Say old:base.' } }),
  })
  await until(() => desk.has('choose-model'))
  expect(desk.has('error-banner')).toBe(false)
  await desk.click('choose-model')
  expect(desk.url()).toBe('/compare?before=old:base&after=new:tuned')
})

it.each([
  ['/compare', [], 'compare-no-run', 'There is no run yet'],
  ['/compare', [run('only')], 'compare-one-run', 'There is one run, only.'],
  ['/compare?before=old&after=old', [run('old'), run('new')], 'compare-same', 'Both sides are old.'],
])('says what is missing at %s', async (path, runs, pane, words) => {
  const desk = await visit(path, { 'GET /runs': () => ({ json: runs }) })
  await until(() => desk.has(pane))
  expect(desk.text('compare-answer')).toContain(words)
})

it('says why nothing can be compared, and which passes are numbers only', async () => {
  const none = compared({
    difference: null,
    items_compared: 0,
    only_before: 5,
    notes: ['old: passes are known as numbers only.'],
  })
  const desk = await visit(BOTH, { 'GET /compare': () => ({ json: judged({ compared: none }) }) })
  await until(() => desk.has('compare-none'))
  expect(desk.text('compare-answer')).toBe('No item was judged on both sides.')
  expect(desk.text('compare-none')).toContain('5 items only before')
  expect(desk.text('notes')).toContain('numbers only')
})

it('sets more than two sides beside the first, item by item', async () => {
  let asked: string[] = []
  const desk = await visit(`${BOTH}&also=newest`, {
    'GET /runs': () => ({ json: [run('newest'), run('new'), run('old')] }),
    'GET /compare/several': ({ url }) => {
      asked = url.searchParams.getAll('side')
      return { json: comparison() }
    },
  })
  await until(() => desk.has('differing-pane'))
  expect(asked).toEqual(['old', 'new', 'newest'])
  expect(desk.text('compare-answer')).toBe('3 sides, which differ on 1 item.')
  expect(desk.text('sides-pane')).toContain('Better than old: new')
  expect(desk.all('side-row').map((row) => row.querySelector('a')?.getAttribute('href'))).toEqual([
    '/compare?before=old&after=new',
    '/compare?before=old&after=newest',
  ])
  expect(desk.text('side-row')).toContain('+10.0')
  expect(desk.all('side-row')[1]?.textContent).toContain('not told')
  const links = [...desk.get('differing-row').querySelectorAll('a')]
  expect(links.map((link) => [link.getAttribute('href'), link.textContent.trim()])).toEqual([
    ['/cards/old/1', 'wrong'],
    ['/cards/newest/1', '50.0\u00a0% right'],
  ])
  expect(desk.has('save-JSON')).toBe(true)
})

it('says what went wrong with one of several sides', async () => {
  const desk = await visit(`${BOTH}&also=newest`, {
    'GET /compare/several': () => ({
      status: 404,
      json: { code: 'unknown_run', detail: "No run 'newest' was imported." },
    }),
  })
  await until(() => desk.has('error-banner'))
  expect(desk.text('error-banner')).toContain("No run 'newest' was imported.")
})

it('tells no difference where passes are numbers only', async () => {
  const partial = compared({ difference: null, p_value: null, passes_listed: false })
  const desk = await visit(BOTH, { 'GET /compare': () => ({ json: judged({ compared: partial }) }) })
  await until(() => desk.has('difference-pane'))
  expect(desk.text('difference-pane')).toContain('The difference can’t be told')
  expect(desk.has('difference')).toBe(false)
  expect(desk.has('flow-pane')).toBe(true)
})

it('says what went wrong, and tries again', async () => {
  let isDown = true
  const desk = await visit(BOTH, {
    'GET /compare': () =>
      isDown ? { status: 503, json: { code: 'busy', detail: 'The database is busy.' } } : { json: judged() },
  })
  await until(() => desk.has('error-banner'))
  expect(desk.text('error-banner')).toContain('The database is busy.')
  expect(desk.text('compare-answer')).toBe('The runs could not be compared.')
  isDown = false
  await desk.click(desk.get('error-banner').querySelector('button')!)
  await until(() => desk.has('flow-pane'))
})
