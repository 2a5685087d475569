import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { routes } from '@/router'
import { importReport, preview } from '@/testing/fixtures'
import { type ImportSection, newSection } from './importSection'
import RunSection from './RunSection.vue'

const summary = {
  name: 'nightly',
  key: 'nightly',
  format: 'lm-eval',
  title: 'lm-eval',
  files: ['a.jsonl', 'b.jsonl'],
  bytes: 2000,
}

function show(changes: Partial<ImportSection> = {}, among = false) {
  const section = { ...newSection(summary, 'u'), preview: preview(), ...changes }
  const router = createRouter({ history: createMemoryHistory(), routes })
  const wrapper = mount(RunSection, {
    props: { section, importers: [{ name: 'lm-eval', title: 'lm-evaluation-harness' }], open: true, among },
    global: { plugins: [router] },
  })
  const get = (id: string) => wrapper.get(`[data-testid=${id}]`)
  return { wrapper, get, has: (id: string) => wrapper.find(`[data-testid=${id}]`).exists() }
}

it('says what the files are, the four outcomes, and what importing would do', () => {
  const { get } = show({ preview: preview({ report: importReport({ run_id: 'nightly-2' }) }) })
  expect(get('about-run').text()).toContain('lm-evaluation-harness 0.4.9')
  expect(get('about-run').text()).toContain('2 files')
  expect(get('about-run').text()).toContain('will be called nightly-2')
  expect(['failed', 'passed', 'errored', 'unscored'].map((name) => get(`outcome-${name}`).text())).toEqual([
    '4',
    '4',
    '1',
    '0',
  ])
  expect(get('tally-imported').text()).toBe('3 would be imported')
  expect(get('import-notes').text()).toContain('The prompt was kept as one turn.')
})

it('draws the outcomes in one bar that has a label', () => {
  const { get } = show()
  const picture = get('outcomes').get('svg[role=img]')
  expect(picture.attributes('aria-label')).toBe('4 failed, 4 passed, 1 errored')
  const parts = picture.findAll('[data-outcome]')
  expect(parts.map((part) => part.attributes('data-outcome'))).toEqual(['failed', 'passed', 'errored'])
  expect(parts[0]!.get('title').text()).toBe('4 failed, 44.4%')
  const [failed, passed, errored] = parts.map((part) => Number(part.get('g > rect').attributes('width')))
  expect(failed).toBeCloseTo(passed!)
  expect(failed).toBeCloseTo(4 * errored!)
})

it('offers to keep some that passed: off, with 50 suggested, counted in the preview', async () => {
  const { wrapper, get, has } = show()
  expect((get('keep-passed').element as HTMLInputElement).checked).toBe(false)
  expect(has('keep-number')).toBe(false)
  await get('keep-passed').setValue(true)
  expect(wrapper.emitted('choose')).toEqual([[{ keep: { passed: 50 } }]])
  const report = importReport({ passed: 588, kept: 50 })
  const options = { keep: { passed: 50 } }
  await wrapper.setProps({ section: { ...newSection(summary, 'u'), preview: preview({ report }), options } })
  expect(get('keep-says').text()).toBe('50 of 588 passed become cards.')
  expect(get('tally-kept').text()).toBe('50 that did not fail would be kept as cards')
  for (const nonsense of ['', '0', '1.5']) await get('keep-number').setValue(nonsense)
  await get('keep-number').setValue('80')
  await get('keep-passed').setValue(false)
  expect(wrapper.emitted('choose')!.slice(1)).toEqual([[{ keep: { passed: 80 } }], [{ keep: null }]])
})

it('says when nothing of what passed can be kept, and offers nothing where nothing passed', () => {
  const counted = show({ options: { keep: { passed: 50 } } })
  expect(counted.get('keep-says').text()).toContain('None becomes a card')
  const none = importReport({ passed: 0 })
  expect(show({ preview: preview({ report: none }) }).has('keep')).toBe(false)
})

it('another score brings its own threshold, with its direction', async () => {
  const { wrapper, get } = show()
  await get('metric').setValue('edit_distance')
  expect(wrapper.emitted('choose')).toEqual([[{ metric: 'edit_distance', threshold: null }]])
  await wrapper.setProps({
    section: { ...newSection(summary, 'u'), preview: preview(), options: { metric: 'edit_distance' } },
  })
  expect((get('threshold').element as HTMLInputElement).value).toBe('3')
  expect(wrapper.text()).toContain('≤')
  expect(wrapper.find('[data-testid=threshold-slider]').exists()).toBe(false)
})

it('a threshold is reported as it is typed, except half a number', async () => {
  const { wrapper, get } = show()
  await get('threshold').setValue('')
  await get('threshold').setValue('0.4')
  await get('threshold-slider').setValue('0.6')
  expect(wrapper.emitted('choose')).toEqual([[{ threshold: 0.4 }], [{ threshold: 0.6 }]])
})

it('asks first what the files leave open', async () => {
  const needs = {
    code: 'choice_needed' as const,
    detail: 'Say from where on it passes.',
    needs: 'threshold',
    metrics: [{ name: 'faithfulness', higher_is_better: true }],
  }
  const { wrapper, get, has } = show({ preview: preview({ report: null, cards: [], needs }) }, true)
  expect(has('outcomes')).toBe(false)
  expect(has('import-one')).toBe(false)
  expect(get('use-threshold').attributes('disabled')).toBeDefined()
  await get('threshold').setValue('0.7')
  await get('use-threshold').trigger('click')
  expect(wrapper.emitted('choose')).toEqual([[{ metric: 'faithfulness', threshold: 0.7 }]])
})

it('shows the first cards one at a time', async () => {
  const { get } = show()
  expect(get('preview-position').text()).toBe('1 of 2')
  expect(get('preview-cards').text()).toContain('Answer c1')
  await get('preview-next').trigger('click')
  expect(get('preview-cards').text()).toContain('Answer c2')
  expect(get('preview-next').attributes('disabled')).toBeDefined()
})

it('leads to the cards once they are imported', () => {
  const { get, has } = show({ phase: 'done', imported: importReport({ kept: 4 }) }, true)
  expect(get('tally-kept').text()).toBe('4 that did not fail kept as cards')
  expect(get('review-them').attributes('href')).toBe('/?run_id=nightly')
  expect(get('tally-imported').text()).toBe('3 imported')
  expect(has('threshold')).toBe(false)
})
