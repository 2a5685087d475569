import { expect, it } from 'vitest'
import type { BulkRequest } from '@/api/types'
import { fakeServer } from '@/testing/fakeServer'
import { card, config, decidedPage, decision, entry, queuePage, run, stats } from '@/testing/fixtures'
import { press } from '@/testing/press'
import { until } from '@/testing/until'
import { settle, visitApp } from '@/testing/visitApp'

const rows = [
  decision(9, {
    action: 'correct',
    status: 'approved',
    failure_category: 'wrong_answer',
    note: 'off by one',
    check_fault: 'check_too_lax',
  }),
  decision(8),
]
const summary = { total: 68, by_action: { correct: 30, accept: 10, discard: 20, flag: 8 }, by_category: {} }

async function visit(path = '/decided', items = rows, more: Parameters<typeof fakeServer>[0] = {}) {
  const server = fakeServer({
    'GET /config': () => ({ json: config }),
    'GET /stats': () => ({ json: stats() }),
    'GET /runs': () => ({ json: [run('run-1')] }),
    'GET /queue': () => ({ json: queuePage([]) }),
    'GET /decisions': () => ({ json: decidedPage(items, { total: items.length ? 120 : 0 }) }),
    'GET /decisions/summary': () => ({
      json: items.length ? summary : { ...summary, total: 0, by_action: {} },
    }),
    'GET /card c9': () => ({ json: card('c9', { status: 'approved', decision_id: 9 }) }),
    'GET /card/history c9': () => ({ json: [entry(9)] }),
    'POST /bulk': ({ body }) => ({
      json: { ok: true, batch_id: (body as BulkRequest).dry_run ? null : 'b1', count: 40, verdicts: [] },
    }),
    ...more,
  })
  const page = await visitApp(path)
  await until(() => page.has('decided-answer'))
  return { server, ...page }
}

it('answers its question first, then lists what is decided, newest first', async () => {
  const desk = await visit()
  await until(() => desk.has('decided-row'))
  expect(desk.text('decided-answer')).toBe('68 decided: 40 approved, 20 discarded, 8 flagged')
  expect(desk.all('decided-row').map((row) => row.dataset['id'])).toEqual(['c9', 'c8'])
  expect(desk.all('decided-row')[0]!.textContent).toContain('off by one')
  expect(desk.get('decided-table').querySelector('th[aria-sort]')?.textContent?.trim()).toBe('When')
})

it('misses no category where an accepted answer has none', async () => {
  const right = decision(7, {
    action: 'accept',
    status: 'approved',
    outcome: 'passed',
    failure_category: null,
  })
  const desk = await visit('/decided', [right, decision(6, { action: 'discard', failure_category: null })])
  await until(() => desk.has('decided-row'))
  const [passed, open] = desk.all('decided-row').map(({ textContent }) => textContent)
  expect(desk.all('no-category').map(({ textContent }) => textContent)).toEqual(['–'])
  expect(passed).toContain('Rightly passed')
  expect(passed).not.toContain('Uncategorised')
  expect(open).toContain('Uncategorised')
})

it('Shift with J and K takes along the rows on the way, as in the list of Review', async () => {
  const desk = await visit('/decided', [...rows, decision(7)])
  await until(() => desk.has('decided-row'))
  const shiftJ = async () => {
    press('J', { shiftKey: true })
    await settle()
  }
  const chosen = () =>
    desk
      .all('select-row')
      .filter((box) => (box as HTMLInputElement).checked)
      .map((box) => box.closest<HTMLElement>('tr')!.dataset['id'])
  await desk.key('j')
  await shiftJ()
  expect(chosen()).toEqual(['c9', 'c8'])
  await shiftJ()
  await shiftJ()
  expect(chosen()).toEqual(['c9', 'c8', 'c7'])
  await desk.key('k')
  expect(document.activeElement?.closest('tr')?.dataset['id']).toBe('c8')
  await desk.key('Escape')
  expect(chosen()).toEqual([])
})

it('is linked with its filters and its page', async () => {
  const desk = await visit('/decided?status=discarded&reviewer=anna&failure_category=uncategorised&page=2')
  const asked = Object.fromEntries(desk.server.to('GET /decisions')[0]!.url.searchParams)
  expect(asked).toEqual({
    status: 'discarded',
    reviewer: 'anna',
    failure_category: 'uncategorised',
    page: '2',
    per_page: '50',
  })
  await until(() => desk.has('page-newer'))
  await desk.click('page-newer')
  expect(desk.url()).not.toContain('page=')
  const clear = document.querySelector<HTMLElement>('[aria-label="Clear the reviewer filter"]')
  await desk.click(clear!)
  expect(desk.url()).toBe('/decided?status=discarded&failure_category=uncategorised')
})

it('is filtered by score, in words and in the address', async () => {
  const desk = await visit('/decided?reading=aside&min_score=0&below=0.1')
  const asked = desk.server.to('GET /decisions')[0]!.url.searchParams
  expect([asked.get('reading'), asked.get('min_score')]).toEqual(['aside', '0'])
  expect(Number(asked.get('max_score'))).toBeLessThan(0.1)
  expect(desk.text('filter-score')).toBe('Score0 to below 0.1')
  const again = desk.get('ask-again').getAttribute('href')
  expect(again).toBe('/bench?reading=aside&min_score=0&below=0.1&cards=decided')
  await desk.click('bulk-open')
  await until(() => desk.has('bulk-panel'))
  expect(desk.text('bulk-panel')).toContain('Decisions: reading aside, score 0 to below 0.1.')
  await desk.click(document.querySelector<HTMLElement>('[aria-label="Clear the score filter"]')!)
  expect(desk.url()).toBe('/decided?reading=aside')
})

it('says what is wrong with the check, and is filtered by it and by outcome', async () => {
  const desk = await visit('/decided?check_fault=check_too_lax&outcome=passed', [
    decision(9, { action: 'accept', status: 'approved', outcome: 'passed', check_fault: 'check_too_lax' }),
  ])
  const asked = Object.fromEntries(desk.server.to('GET /decisions')[0]!.url.searchParams)
  expect(asked).toMatchObject({ check_fault: 'check_too_lax', outcome: 'passed' })
  await until(() => desk.has('decided-row'))
  expect(desk.text('decided-fault')).toBe('Check too lax')
  expect(desk.get('decided-row').textContent).toContain('Rightly passed')
  expect(desk.get('filter-fault').textContent).toContain('Check too lax')
  expect(desk.get('filter-outcome').textContent).toContain('passed')
})

it('offers no outcome where everything failed', async () => {
  const desk = await visit()
  await until(() => desk.has('decided-row'))
  expect(desk.has('filter-outcome')).toBe(false)
})

it('takes no value that the server would refuse', async () => {
  const desk = await visit(
    '/decided?status=needs_review&action=shred&failure_category=nonsense&check_fault=x&outcome=any',
  )
  expect([...desk.server.to('GET /decisions')[0]!.url.searchParams.keys()]).toEqual(['page', 'per_page'])
})

it('a row opens its card', async () => {
  const desk = await visit()
  await until(() => desk.has('decided-row'))
  await desk.click(desk.get('decided-row').querySelector('a')!)
  await until(() => desk.has('card-timeline'))
  expect(desk.url()).toBe('/cards/c9')
})

it('gives everything that matches another category, named in full before', async () => {
  const desk = await visit('/decided?status=discarded')
  await until(() => desk.has('decided-row'))
  await desk.click('bulk-open')
  await until(() => desk.has('bulk-panel'))
  const confirm = desk.get('bulk-confirm') as HTMLButtonElement
  expect([confirm.textContent.trim(), confirm.disabled]).toEqual(['Recategorise', true])
  expect(desk.server.to('POST /bulk')).toEqual([])
  await desk.click('no-category')
  await until(() => desk.text('bulk-confirm') === 'Clear the category of 40 cards')
  await desk.click('no-category')
  expect(confirm.disabled).toBe(true)
  await desk.click('no-category')
  await desk.key('6', desk.get('bulk-confirm'))
  expect(desk.get('no-category').getAttribute('aria-pressed')).toBe('false')
  await until(() => desk.text('bulk-preview').startsWith('40 cards change; those that are Hallucination'))
  expect(desk.text('bulk-confirm')).toBe('Recategorise 40 cards')
  const asked = desk.server
    .to('GET /decisions')
    .map(({ url }) => url.searchParams.get('not_failure_category'))
  expect(asked.slice(-2)).toEqual(['uncategorised', 'hallucination'])
  const previewed = desk.server.to('POST /bulk').map(({ body }) => (body as BulkRequest).failure_category)
  expect([...new Set(previewed)]).toEqual([null, 'hallucination'])
  await desk.click('bulk-confirm')
  expect(desk.server.to('POST /bulk').at(-1)!.body).toEqual({
    action: 'recategorise',
    decided: { status: 'discarded' },
    failure_category: 'hallucination',
    expected: 40,
  })
  expect(desk.has('bulk-panel')).toBe(false)
  expect(desk.text('toast')).toContain('Recategorised 40 cards · Hallucination')
  expect(desk.server.to('GET /decisions').length).toBeGreaterThan(2)
})

it.each([
  ['question_broken', 'Set the fault of 40 cards', 'are “Question broken” already', 'Question broken'],
  ['none', 'Clear the fault of 40 cards', 'are without a fault already', 'no fault'],
])(
  'gives everything that matches the fault %s and leaves its category',
  async (value, name, already, said) => {
    const desk = await visit('/decided')
    await until(() => desk.has('decided-row'))
    await desk.click('bulk-open')
    await until(() => desk.has('bulk-panel'))
    const fault = desk.get('bulk-fault') as HTMLSelectElement
    fault.value = value
    fault.dispatchEvent(new Event('change'))
    await until(() => desk.text('bulk-confirm') === name)
    expect(desk.text('bulk-preview')).toContain(already)
    await desk.click('bulk-confirm')
    const body = desk.server.to('POST /bulk').at(-1)!.body as BulkRequest
    expect(body.check_fault).toBe(value === 'none' ? null : value)
    expect(Object.keys(body)).not.toContain('failure_category')
    expect(desk.text('toast')).toContain(`Recategorised 40 cards · ${said}`)
  },
)

it('is sorted by a column and limited to days, in the address', async () => {
  const desk = await visit('/decided?sort=nonsense')
  await until(() => desk.has('decided-row'))
  const heads = () =>
    Object.fromEntries(
      [...desk.get('decided-table').querySelectorAll('th[aria-sort]')].map((head) => [
        head.textContent?.trim(),
        head.getAttribute('aria-sort'),
      ]),
    )
  expect(heads()).toMatchObject({ When: 'descending', Model: 'none' })
  const head = (name: string) =>
    [...desk.get('decided-table').querySelectorAll('th button')].find(
      (one) => one.textContent?.trim() === name,
    )!
  await desk.click(head('Model') as HTMLElement)
  expect(desk.url()).toBe('/decided?sort=model_name&ascending=true')
  await until(() => heads()['Model'] === 'ascending')
  await desk.click(head('Model') as HTMLElement)
  await desk.click(head('Score') as HTMLElement)
  expect(desk.url()).toBe('/decided?sort=quality_score')
  const asked = desk.server.to('GET /decisions').map(({ url }) => url.searchParams)
  expect(asked.map((query) => [query.get('sort'), query.get('ascending')])).toEqual([
    [null, null],
    ['model_name', 'true'],
    ['model_name', null],
    ['quality_score', null],
  ])
  await desk.click('filter-days')
  await until(() => desk.has('days-panel'))
  ;(desk.get('days-from') as HTMLInputElement).value = '2026-11-30'
  ;(desk.get('days-to') as HTMLInputElement).value = '2026-11-01'
  await desk.click('days-apply')
  await until(() => desk.url().includes('until='))
  expect(desk.text('filter-days')).toBe('Days2026-11-01 to 2026-11-30')
})

it('recategorises the rows that are selected, by keys or by pointer', async () => {
  const desk = await visit()
  await until(() => desk.has('decided-row'))
  expect(desk.has('selection-bar')).toBe(false)
  await desk.key('j')
  await desk.key('x', document.activeElement as HTMLElement)
  await until(() => desk.text('selection-bar').startsWith('1 card selected'))
  await desk.key('Escape')
  await until(() => !desk.has('selection-bar'))
  await desk.click(desk.all('select-row')[1]!)
  await desk.click('selection-recategorise')
  await until(() => desk.has('bulk-panel'))
  expect(desk.text('bulk-panel')).toContain('Recategorise 1 selected card')
  await desk.click('chip-hallucination')
  await until(() => desk.text('bulk-confirm') === 'Recategorise 40 cards')
  await desk.click('bulk-confirm')
  expect(desk.server.to('POST /bulk').at(-1)!.body).toEqual({
    action: 'recategorise',
    ids: ['c8'],
    failure_category: 'hallucination',
    expected: 40,
  })
  await until(() => !desk.has('selection-bar'))
  await desk.click('select-page')
  await until(() => desk.text('selection-bar').startsWith('2 cards selected'))
  await desk.click('select-everything')
  await until(() => desk.has('bulk-panel'))
  expect(desk.text('bulk-panel')).toContain('Recategorise what matches')
})

it.each([
  ['/decided', 'decided-empty', 'None decided yet'],
  ['/decided?action=flag', 'decided-no-match', 'None match'],
])('an empty %s says why and what to do', async (path, id, answer) => {
  const desk = await visit(path, [])
  await until(() => desk.has(id))
  expect(desk.text('decided-answer')).toBe(answer)
})
