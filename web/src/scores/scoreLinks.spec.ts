import { expect, it } from 'vitest'
import { run } from '@/testing/fixtures'
import { reportRow } from '@/testing/reports'
import { usualRun } from './runChoice'
import { decidedLink, reviewLink, sampleLink } from './scoreLinks'

it('leads to the very cards that were counted', () => {
  expect(decidedLink('r', null, { outcome: 'failed', reading: 'right' })).toEqual({
    path: '/decided',
    query: { run_id: 'r', outcome: 'failed', reading: 'right' },
  })
  const row = reportRow({ task: 'facts', model_name: 'm' })
  expect(decidedLink('r', row)).toEqual({
    path: '/decided',
    query: { run_id: 'r', task_type: 'facts', model_name: 'm', reading: 'any' },
  })
})

it('leads to the cards that wait', () => {
  expect(reviewLink('r', null, 'failed')).toEqual({ path: '/', query: { run_id: 'r' } })
  expect(reviewLink('r', null, 'passed')).toEqual({ path: '/', query: { run_id: 'r', outcome: 'passed' } })
  expect(sampleLink('audit')).toEqual({ path: '/', query: { sample: 'audit' } })
})

it('opens the newest run of which something was decided', () => {
  const runs = [
    run('new', { state: 'new' }),
    run('waits', { imported: 7, remaining: 7 }),
    run('read', { imported: 7, remaining: 3 }),
    run('gone', { state: 'removed', imported: 7, remaining: 0 }),
  ]
  expect(usualRun(runs)).toBe('read')
  expect(usualRun(runs.slice(0, 2))).toBe('waits')
  expect(usualRun(runs.slice(0, 1))).toBeNull()
})
