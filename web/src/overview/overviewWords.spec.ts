import { describe, expect, it } from 'vitest'
import { overview } from '@/testing/insights'
import { alsoWorth, answerOf, changes, nextStep, runsFinding, scoreOf, spokenScore } from './overviewWords'

const none = { failed: 0, passed: 0, errored: 0, unscored: 0, seconds_per_card: null }

describe('the first line', () => {
  it('says what is decided and what is ready', () => {
    expect(answerOf(overview())).toBe(
      '40 of 100 cards are decided; 30 rows are ready to train, 12 of them new.',
    )
    expect(answerOf(overview({ waiting: none, ready: { rows: 0, new: 0 } }))).toBe(
      'All 40 cards are decided; no row is ready to train.',
    )
    expect(answerOf(overview({ last_training: null }))).toBe(
      '40 of 100 cards are decided; 30 rows are ready to train.',
    )
    const empty = { runs: 0, items: {}, last_run: null, last_at: null }
    expect(answerOf(overview({ came_in: empty }))).toContain('The desk is empty')
  })
})

describe('the next step', () => {
  it('is one button', () => {
    expect(nextStep(overview())).toMatchObject({
      title: 'Review 60 failures',
      why: '36 min of reading',
      to: '/',
    })
    expect(nextStep(overview({ next: 'train' }))).toMatchObject({
      title: 'Train again: 12 of 30 rows are new since tuned',
      label: 'Train on 30 rows',
      to: '/train',
    })
    expect(nextStep(overview({ next: 'train', last_training: null })).title).toBe(
      'Train on what you approved: 30 rows',
    )
    expect(nextStep(overview({ next: 'follow', training: 'a b' }))).toMatchObject({ to: '/train/a%20b' })
    expect(nextStep(overview({ next: 'import' })).title).toBe('Import the next run')
  })

  it('leads to the kept passes where no failure waits', () => {
    const waiting = { failed: 0, passed: 5, errored: 1, unscored: 0, seconds_per_card: null }
    expect(nextStep(overview({ waiting }))).toMatchObject({
      title: 'Review 5 passes',
      to: { path: '/', query: { outcome: 'passed' } },
    })
  })
})

it('tells what changed since the last training', () => {
  expect(changes(overview()).map(({ name, then, now }) => `${name} ${then} ${now}`)).toEqual([
    'Runs 1 2',
    'Failures read 20 40',
    'Passes read 0 5',
    'Rows to train on 18 30',
  ])
  expect(changes(overview({ since: null }))).toEqual([])
})

it('writes the score of a run as far as it is known', () => {
  const [run] = overview().runs
  expect([scoreOf(run!), spokenScore(run!)]).toEqual(['≤ 65.4\u00a0%', 'at most 65.4\u00a0%'])
  const told = { ...run!, corrected_score: { value: 0.626, low: 0.583, high: 0.654 }, at_most: null }
  expect([scoreOf(told), spokenScore(told)]).toEqual(['62.6\u00a0%', 'corrected 62.6\u00a0%, 58.3 to 65.4'])
  expect(scoreOf({ ...run!, at_most: null })).toBe('cannot tell')
  expect(runsFinding([run!, told])).toBe('No pass was read in any of the 2 newest runs')
  expect(runsFinding([{ ...told, passes_read: 5 }])).toBe('Every run has a corrected score')
})

it('proposes what else is worth doing', () => {
  expect(alsoWorth(overview()).map(({ title }) => title)).toEqual([
    'Look at 9 cards that fail in the same way',
    'Read some passes',
    'Mend the check of 2 cards',
  ])
  const faults = {
    check_too_strict: 0,
    check_too_lax: 0,
    reference_wrong: 0,
    question_broken: 0,
    harness_fault: 0,
  }
  expect(alsoWorth(overview({ alike: null, runs: [], faults }))).toEqual([])
})
