import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { JudgeReport } from '@/api/types'
import { report, reportRow } from '@/testing/reports'
import { judge } from '@/testing/judges'
import JudgePane from './JudgePane.vue'
import { judgeCells, judgeErrors, judgeName, judgesFinding, judgeSilence } from './judgeWords'
import { reportMarkdown } from './reportFiles'

function show(judges: readonly JudgeReport[]) {
  const routes = [{ path: '/:rest(.*)*', component: { template: '<div />' } }]
  const router = createRouter({ history: createMemoryHistory(), routes })
  return mount(JudgePane, { props: { runId: 'run-1', judges }, global: { plugins: [router] } })
}

it('tells the agreement beside the check’s, and counts both verdicts', () => {
  const pane = show([judge()])
  expect(pane.get('h2').text()).toBe(
    'The judge says what people say on 12 of 20 read answers, the check on 11',
  )
  expect(pane.get('[data-testid=judge]').attributes('aria-label')).toBe('org/judge (prompt 9b1c0000)')
  expect(pane.text()).toMatch(/Judge66\s%52 to 76/)
  expect(pane.text()).toMatch(/Check60\s%48 to 70/)
  expect(pane.findAll('tbody tr').map((row) => row.findAll('th, td').map((cell) => cell.text()))).toEqual([
    ['Judge passed', '7', '3'],
    ['Judge failed', '5', '5'],
  ])
  expect(pane.get('[data-testid=judge-errors]').text()).toBe(
    'Of 12 right answers that were read it fails 5; of 8 wrong ones it passes 3. It had no verdict on 2 more; 1 more were not put to it.',
  )
  expect(pane.text()).toContain('Rough')
  expect(pane.get('[data-testid=judge-cards]').attributes('href')).toBe('/decided?run_id=run-1&reading=told')
})

it('counts alone, and says why, where nothing can be estimated', () => {
  const note = 'Nothing is estimated of all answers: none of the passed items was read at random yet.'
  const pane = show([judge({ agreement: null, check_agreement: null, rough: false, notes: [note] })])
  expect(pane.text()).toContain('Judge–12 of 20 read')
  expect(pane.text()).toContain(note)
  expect(pane.text()).not.toContain('Rough')
})

it('says of a judge that nobody can compare that it is so', () => {
  const silent = judge({ passed_right: 0, passed_wrong: 0, failed_right: 0, failed_wrong: 0, unjudged: 0 })
  expect(judgesFinding([silent])).toBe('Nobody read an answer that the judge has a verdict on')
  expect(judgeErrors(silent)).toBe('')
  expect(judgeSilence({ ...silent, no_verdict: 0 })).toBe('')
})

it('shows several, each by model and prompt, and writes a name as text', () => {
  const other = judge({ model: '<b>other</b>', prompt: null })
  const pane = show([judge(), other])
  expect(pane.get('h2').text()).toBe('2 judges beside the check')
  expect(pane.findAll('h3').map((head) => head.text())).toEqual([
    'org/judge (prompt 9b1c0000)',
    '<b>other</b>',
  ])
  expect(judgeName(other)).toBe('<b>other</b>')
})

it('is saved as CSV with every number, and stands in the report’s Markdown', () => {
  const [head = [], row = []] = judgeCells([judge({ check_agreement: null })])
  expect(row).toHaveLength(head.length)
  const cell = (name: string) => row[head.indexOf(name)]
  expect(['judge', 'failed_right', 'agreement_low', 'check_agreement'].map(cell)).toEqual([
    'org/judge',
    5,
    0.52,
    null,
  ])
  const page = (judges: JudgeReport[]) => reportMarkdown(reportRow(), 'S.', report([reportRow()], { judges }))
  expect(page([judge({ notes: ['So.'] })])).toContain(
    '| org/judge (prompt 9b1c0000) | 7 | 3 | 5 | 5 | 2 | 66.0 (52.0 to 76.0) | 60.0 (48.0 to 70.0) |\n\n- org/judge (prompt 9b1c0000): So.\n',
  )
  expect(page([])).not.toContain('Judge')
})
