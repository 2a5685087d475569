import { flushPromises, mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { BenchesOverview } from '@/api/types'
import { routes } from '@/router'
import { askedModel, bench, benchesOverview, benchView, taskFile } from '@/testing/benches'
import { fakeEvents, fakeServer, gate } from '@/testing/fakeServer'
import { POLL_MS, useBenchesStore } from './benchesStore'
import BenchView from './BenchView.vue'

const ADAPTERS = [
  { name: 'tuned', base: '/models/tiny', path: '/data/trainings/tuned/adapter' },
  { name: 'other', base: '/models/large', path: '/data/trainings/other/adapter' },
]
const PREVIEW = {
  tasks: 20,
  task_types: { sums: 12, facts: 8 },
  unscored: 3,
  left_out: [{ reason: 'the card has tools', count: 2 }],
  references: 5,
}

async function visit(
  shown: BenchesOverview = benchesOverview({ task_files: [taskFile('sums.jsonl')] }),
  at = '/bench',
) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  fakeEvents()
  const server = fakeServer({
    'GET /benches': () => ({ json: shown }),
    'POST /benches/preview': () => ({ json: PREVIEW }),
    'POST /benches': () => ({ status: 201, json: benchView('tiny-bench') }),
    'GET /benches/tiny-bench': () => ({ json: benchView('tiny-bench') }),
    'GET /benches/tiny-bench/log': () => ({ json: { text: '' } }),
  })
  const router = createRouter({ history: createMemoryHistory(), routes })
  await router.push(at)
  const page = mount(BenchView, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  const part = (id: string) => page.get(`[data-testid=${id}]`)
  const has = (id: string) => page.find(`[data-testid=${id}]`).exists()
  const write = async (id: string, text: string) => {
    await part(id).setValue(text)
    await part(id).trigger('change')
    await flushPromises()
  }
  return { server, router, page, part, has, write }
}

it('asks what was chosen and shows it', async () => {
  const shown = benchesOverview({ task_files: [taskFile('sums.jsonl')], adapters: ADAPTERS, holds_out: true })
  const { server, router, part, has, write } = await visit(shown)
  expect(part('bench-answer').text()).toBe('No model has been asked here yet.')
  expect(part('preview-count').text()).toBe('20 tasks')
  expect(part('preview-notes').text()).toBe('5 with a reference; 3 without a check: asked, but not scored')
  expect(part('preview-left-out').text()).toMatch(/2\s*the card has tools/)
  await write('bench-base', '/models/tiny')
  expect([has('adapter-tuned'), has('adapter-other')]).toEqual([true, false])
  await part('adapter-tuned').setValue()
  await part('task-part').setValue('held-out')
  await write('bench-limit', '4')
  expect(server.to('POST /benches/preview').at(-1)!.body).toEqual({
    tasks: { kind: 'file', file: 'sums.jsonl', part: 'held-out' },
    limit: 4,
  })
  expect(part('preview-count').text()).toBe('20 tasks for each of 2 models')
  expect(part('export-command').text()).toContain(
    '--split held-out --limit 4 --import --adapter /data/trainings/tuned/adapter',
  )
  await part('bench-form').trigger('submit')
  await flushPromises()
  expect(server.to('POST /benches')[0]!.body).toMatchObject({
    base: '/models/tiny',
    ask_base: true,
    adapters: ['tuned'],
  })
  expect(router.currentRoute.value.path).toBe('/bench/tiny-bench')
})

it('asks an endpoint for its model, and says where the key stays', async () => {
  const { part, has, write } = await visit()
  expect([has('bench-model'), has('ask-base')]).toEqual([false, true])
  await write('bench-base', 'http://127.0.0.1:8000/v1')
  expect([has('bench-model'), has('ask-base')]).toEqual([true, false])
  expect(part('bench-model').attributes('required')).toBeDefined()
  expect(part('bench-form').text()).toContain('The key itself stays there')
})

it('offers endpoints while nothing is installed to ask a local model', async () => {
  const missing = "To ask a model on this machine: pip install 'avocet-desk[train]'. An endpoint works."
  const { part, has, write } = await visit(benchesOverview({ missing }))
  expect(part('bench-missing').text()).toContain("pip install 'avocet-desk[train]'")
  expect(part('bench-missing').text()).not.toContain('An endpoint works')
  await write('bench-base', 'https://api/v1')
  expect(has('bench-missing')).toBe(false)
})

it('takes a task file, and lists the lines of one that are wrong', async () => {
  const shown = benchesOverview()
  const { server, part, has } = await visit(shown)
  expect(has('no-task-files')).toBe(true)
  expect(part('preview-empty').text()).toContain('Choose what to ask')
  expect(part('bench-start').attributes('disabled')).toBeDefined()
  const detail = 'bad.jsonl:1: Not valid JSON.\nbad.jsonl:3: no id.'
  server.routes['POST /task-files'] = () => ({ status: 422, json: { code: 'invalid_request', detail } })
  const send = async (name: string) => {
    const field = part('task-file-input').element as HTMLInputElement
    Object.defineProperty(field, 'files', { value: [new File(['{}'], name)], configurable: true })
    await part('task-file-input').trigger('change')
    await flushPromises()
  }
  await send('bad.jsonl')
  expect(part('task-file-error').text()).toContain(detail)
  const kept = gate<{ json: unknown; status: number }>()
  server.routes['POST /task-files'] = () => kept.passed
  await send('sums.jsonl')
  expect(part('task-file-state').text()).toBe('Reading sums.jsonl line by line…')
  shown.task_files = [taskFile('sums.jsonl')]
  kept.open({ status: 201, json: taskFile('sums.jsonl') })
  await flushPromises()
  expect(server.to('POST /task-files')[1]!.url.searchParams.get('name')).toBe('sums.jsonl')
  expect((part('task-file').element as HTMLSelectElement).value).toBe('sums.jsonl')
  expect([has('task-file-error'), part('preview-count').text()]).toEqual([false, '20 tasks'])
})

it('deletes a task file when it is said twice', async () => {
  const shown = benchesOverview({ task_files: [taskFile('a.jsonl'), taskFile('b.jsonl')] })
  const { server, part } = await visit(shown)
  server.routes['DELETE /task-files/a.jsonl'] = () => ({ json: {} })
  await part('task-file-delete').trigger('click')
  expect(part('task-file-delete').text()).toBe('Delete a.jsonl')
  shown.task_files = [taskFile('b.jsonl')]
  await part('task-file-delete').trigger('click')
  await flushPromises()
  expect(server.to('DELETE /task-files/a.jsonl')).toHaveLength(1)
  expect((part('task-file').element as HTMLSelectElement).value).toBe('b.jsonl')
})

it('asks the items of the cards that the address names, until something else is chosen', async () => {
  const { server, router, part } = await visit(benchesOverview(), '/bench?cards=review&task_type=sums')
  expect(part('cards-words').text()).toMatch(/the cards in Review: .*sums/)
  expect(server.to('POST /benches/preview')[0]!.body).toMatchObject({
    tasks: { kind: 'cards', filter: { queue: { task_type: ['sums'] } } },
  })
  await part('tasks-held-out').setValue()
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe('/bench')
  expect(part('held-out-words').text()).toContain('The desk holds nothing out yet')
  await part('tasks-cards').setValue()
  expect(part('cards-words').text()).toContain('sums')
})

it('says how to get to the items of cards, and what is held out', async () => {
  const { part } = await visit(benchesOverview({ holds_out: true, held_out_items: 7 }))
  await part('tasks-cards').setValue()
  expect(part('cards-words').text()).toContain('choose “Ask these items again”')
  await part('tasks-held-out').setValue()
  expect(part('held-out-words').text()).toContain('7 items held out')
})

it('comes from a training with its base and its adapter ticked', async () => {
  const shown = benchesOverview({ adapters: ADAPTERS, task_files: [taskFile('sums.jsonl')] })
  const { part } = await visit(shown, '/bench?base=/models/tiny&adapter=tuned')
  expect((part('bench-base').element as HTMLInputElement).value).toBe('/models/tiny')
  expect((part('adapter-tuned').element as HTMLInputElement).checked).toBe(true)
  await part('ask-base').setValue(false)
  await part('adapter-tuned').setValue(false)
  expect(part('bench-lacks').text()).toBe('Tick the base or an adapter.')
})

it('keeps what was typed while another page is open', async () => {
  const first = await visit()
  await first.write('bench-base', '/models/tiny')
  await first.part('bench-system').setValue('Be brief.')
  await first.part('judge-prompt').setValue('Is {answer} right?')
  first.page.unmount()
  const again = await visit()
  const value = (id: string) => (again.part(id).element as HTMLInputElement).value
  expect(['bench-base', 'bench-system', 'judge-prompt'].map(value)).toEqual([
    '/models/tiny',
    'Be brief.',
    'Is {answer} right?',
  ])
})

it('holds to one at a time unless one says otherwise', async () => {
  const shown = benchesOverview({ task_files: [taskFile('sums.jsonl')], benches: [bench('first')] })
  const { server, part, write } = await visit(shown)
  expect(part('bench-answer').text()).toBe('first runs. 10 of 20 asked, about 1 min left.')
  await write('bench-base', '/models/tiny')
  expect(part('bench-start').attributes('disabled')).toBeDefined()
  await part('bench-parallel').get('input').setValue(true)
  await part('bench-form').trigger('submit')
  await flushPromises()
  expect(server.to('POST /benches')[0]!.body).toMatchObject({ parallel: true })
})

it('says why nothing was started, and why nothing can be asked', async () => {
  const { server, part, has, write } = await visit()
  const detail = 'http://x/v1 refuses the connection.'
  server.routes['POST /benches'] = () => ({ status: 422, json: { code: 'invalid_request', detail } })
  await write('bench-base', 'http://x/v1')
  await part('bench-form').trigger('submit')
  await flushPromises()
  expect(part('bench-error').text()).toBe(`${detail} Nothing was started.`)
  server.routes['POST /benches/preview'] = () => ({
    status: 400,
    json: { code: 'x', detail: 'No task is left.' },
  })
  await write('bench-limit', '1')
  expect(part('preview-error').text()).toBe('No task is left.')
  expect(has('preview-count')).toBe(false)
  expect(part('bench-start').attributes('disabled')).toBeDefined()
})

it('lists each one, and reads the list again only while one runs', async () => {
  const models = [
    askedModel('tiny', { passed: 1, failed: 3 }),
    askedModel('tiny + tuned', { adapter: '/data/trainings/tuned/adapter' }),
  ]
  const shown = benchesOverview({ benches: [bench('one', { models }), bench('two', { state: 'failed' })] })
  const { server, page } = await visit(shown)
  const rows = page.findAll('[data-testid=bench-row]').map((row) => row.text().replace(/\s+/g, ' '))
  expect(rows[0]).toMatch(/one.*sums.jsonl; tiny and an adapter.*Running.*10 of 20.*tiny: 25.%.*tuned: –/)
  expect(rows[1]).toMatch(/two.*Failed.*67.%/)
  await vi.advanceTimersByTimeAsync(2 * POLL_MS)
  expect(server.to('GET /benches')).toHaveLength(3)
  shown.benches = [bench('one', { state: 'done' })]
  await vi.advanceTimersByTimeAsync(4 * POLL_MS)
  expect(server.to('GET /benches')).toHaveLength(4)
  expect(useBenchesStore().running).toBeNull()
})

it('opens the part that a wrong field is folded away in', async () => {
  const { part } = await visit()
  const folded = part('judge-settings').element as HTMLDetailsElement
  expect(folded.open).toBe(false)
  part('judge-model').element.dispatchEvent(new Event('invalid'))
  expect(folded.open).toBe(true)
})
