import { expect, it } from 'vitest'
import { csv } from '@/plot/saving'
import { report, reportRow } from '@/testing/reports'
import { reportCells, reportMarkdown } from './reportFiles'
import { scoreLines } from './scoreTables'

const rows = [reportRow({ task: 'facts', notes: ['One | two.'] })]

it('is a table with every number as the desk told it', () => {
  const [head = [], first = []] = reportCells(report(rows, { group: 'task' }))
  const cell = (name: string) => first[head.indexOf(name)]
  expect(first).toHaveLength(head.length)
  expect(['task', 'read_failed', 'right_passed', 'basis_failed'].map(cell)).toEqual([
    'facts',
    100,
    49,
    'sample',
  ])
  expect(['corrected_score', 'corrected_score_low', 'corrected_score_high'].map(cell)).toEqual([
    0.62568, 0.583, 0.654,
  ])
  expect(cell('at_most')).toBeNull()
  expect(cell('notes')).toBe('One | two.')
})

it('is a page in Markdown', () => {
  const page = reportMarkdown(rows[0]!, 'About 63 of 100.', report(rows, { group: 'task' }))
  expect(page).toContain('# Scores of run-1\n\nAbout 63 of 100.\n')
  expect(page).toContain(
    '| Corrected | 62.6\u00a0% | 58.3 | 65.4 | if all answers were read, 19 times of 20 |',
  )
  expect(page).toContain(
    '| facts | 58.8\u00a0% | 62.6\u00a0% | 58.3 to 65.4 | 100 of 412 failed, 50 of 588 passed |',
  )
  expect(page).toContain('- One | two.')
})

it('writes CSV that no spreadsheet takes for formulas', () => {
  expect(
    csv([
      ['a', 'b'],
      ['=1+1', 'x,"y"'],
      [null, -0.5],
    ]),
  ).toBe('a,b\r\n\'=1+1,"x,""y"""\r\n,-0.5\r\n')
})

it('the table beside the plot has more than the plot', () => {
  const lines = scoreLines(reportRow({ lenient_score: { value: 0.7, low: 0.65, high: 0.75 } }))
  expect(lines.map(({ name, value, low, high }) => [name, value, low, high])).toEqual([
    ['Harness says', '58.8\u00a0%', '–', '–'],
    ['Corrected', '62.6\u00a0%', '58.3', '65.4'],
    ['Difference', '+3.8', '−0.5', '+6.6'],
    ['False fails', '12.0\u00a0%', '7.3', '18.5'],
    ['False passes', '2.0\u00a0%', '0.3', '8.7'],
    ['Check fails a right answer', '7.9\u00a0%', '5.0', '11.8'],
    ['Check passes a wrong one', '3.1\u00a0%', '0.5', '12.6'],
    ['Corrected, form forgiven', '70.0\u00a0%', '65.0', '75.0'],
  ])
})
