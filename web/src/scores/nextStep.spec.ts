import { describe, expect, it } from 'vitest'
import { nextReads, reportRow, unreadRow } from '@/testing/reports'
import { run } from '@/testing/fixtures'
import { actionWords, keepCommand, newSample, nextAction, nextFinding } from './nextStep'

const NO_PASSES = { needs: 'keep_passes', width_of: 'false_fails' } as const
const MOST = unreadRow({ effective_reads: { failed: 100, passed: 0 }, read: { failed: 100, passed: 0 } })

function told(row: Parameters<typeof nextAction>[0], next: Parameters<typeof nextAction>[1]) {
  const action = nextAction(row, next)
  return [actionWords(action), nextFinding(row, next, action)]
}

describe('what to do next', () => {
  it.each([
    [reportRow(), nextReads(), 'Read 32 failed, 18 passed', '50 more reads: the bar from 7.1 to 5.6 points'],
    [
      unreadRow(),
      nextReads({ width_now: null, width_after: 0.2 }),
      'Read 32 failed, 18 passed',
      '50 more reads are enough for an estimate',
    ],
    [
      reportRow(),
      nextReads({ waiting: [{ name: 'audit', waiting: 1, members: 40 }] }),
      'Read on: 1 of the sample waits',
      'A sample is begun: read on in its order',
    ],
    [
      unreadRow(),
      nextReads({ ...NO_PASSES, cards: { failed: 50 }, width_now: null }),
      'Read 50 failures',
      '50 random reads tell how many failures were right',
    ],
    [
      MOST,
      nextReads({ width_of: 'false_fails', cards: { failed: 50 }, width_now: 0.2, width_after: 0.1 }),
      'Read 50 failures',
      '50 more reads: the range of the false fails from 20.0 to 10.0 points',
    ],
    [MOST, nextReads(NO_PASSES), 'Keep 50 passes of each task', 'The passes are the half that is missing'],
    [reportRow(), nextReads({ steps: [], cards: {} }), '', 'No card is left to read at random'],
    [
      reportRow({ read: { failed: 412, passed: 588 } }),
      nextReads({ steps: [], cards: {} }),
      '',
      'Every answer was read',
    ],
  ])('%#', (row, next, words, title) => {
    expect(told(row, next)).toEqual([words, title])
  })
})

describe('a new sample', () => {
  const share = (outcome: 'failed' | 'passed') => ({ outcome, cards: 25 })

  it('is of the outcomes that it is asked for, under a free name', () => {
    expect(newSample('2026/run', [], [share('failed')])).toMatchObject({
      name: '2026-run',
      filter: { run_id: ['2026/run'], outcome: 'failed' },
    })
    expect(newSample('r', ['r', 'r 2'], [share('failed'), share('passed')])).toMatchObject({
      name: 'r 3',
      filter: { run_id: ['r'], outcome: 'any' },
      allocation: [share('failed'), share('passed')],
    })
  })

  it('has a name that the desk takes, however long the run’s is', () => {
    expect(newSample('x'.repeat(300), ['x'.repeat(75)], [share('failed')]).name).toBe(`${'x'.repeat(75)} 2`)
  })
})

it('writes the command that keeps passes, with the path where it is known', () => {
  expect(keepCommand(run('run-1'), '/my bench')).toBe("avocet import '/my bench/run-1' --keep passed=50")
  expect(keepCommand(run('run-1', { on_disk: false }), '/bench')).toBe('avocet import PATH --keep passed=50')
})
