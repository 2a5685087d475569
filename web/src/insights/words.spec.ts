import { describe, expect, it } from 'vitest'
import { insights, kinds, modelTask, pace } from '@/testing/insights'
import { kindsCells, kindsFinding, kindsNote, shapesWords } from './kindsWords'
import { aheadFinding, taskCells, taskGrid } from './modelTasks'
import { forecast, paceCells, paceFinding, paceNote, pacePoints } from './paceWords'
import { readCards, readScope, waitingCards } from './scope'
import { binCards, scoreCells, scoresFinding } from './scoreBins'

const NOW = Date.parse('2026-11-22T00:00:00Z')

describe('the pace', () => {
  it('adds the days up from nothing', () => {
    expect(pacePoints(pace()).map(({ decided }) => decided)).toEqual([0, 30, 40])
    expect(pacePoints(pace({ days: [] }))).toEqual([])
    expect(paceCells(pace()).at(-1)).toEqual(['2026-11-20', 10, 10, 40])
  })

  it('says when all is read, and the range of that', () => {
    expect(paceFinding(pace(), NOW)).toMatch(/^At 10 cards a day, all are read by .*28/)
    expect(paceNote(pace(), NOW)).toMatch(
      /^Between .*26.* and .*4.*, if the next days.* 30 s a card: 30 min of/,
    )
    expect(forecast(pace(), NOW)).toMatchObject({ likely: 100, low: 70, high: 100, isWhole: true })
  })

  it('says less where less is known', () => {
    expect(paceFinding(pace({ cards: 0, decided: 0, waiting: 0 }), NOW)).toBe('There is no card to read')
    expect(paceFinding(pace({ waiting: 0, decided: 100 }), NOW)).toBe('All 100 cards are decided')
    expect(paceFinding(pace({ per_day: null, days_left: null }), NOW)).toContain('three days')
    expect(paceFinding(pace({ decided: 0, per_day: null, days_left: null }), NOW)).toBe(
      'Nothing is decided yet',
    )
    const slow = pace({ days_left: { value: 400, low: 300, high: null } })
    expect(paceFinding(slow, NOW)).toContain('more than a year')
    expect(forecast(slow, NOW)).toMatchObject({ isWhole: false })
    expect(forecast(pace({ per_day: null }), NOW)).toBeNull()
  })
})

describe('kinds', () => {
  it('tell the chance of a new one, its limit, and what has no read card', () => {
    expect(kindsFinding(kinds())).toBe('The next random card brings a new kind: 3\u00a0%')
    expect(kindsNote(kinds())).toBe(
      'At most 7\u00a0%, by 100 random reads of “first”. No new kind in the last 40 reads. 14 of 61 shapes have no read card.',
    )
    expect(kindsCells(kinds())).toHaveLength(5)
  })

  it('tell the shapes alone where nothing was read at random', () => {
    const none = kinds({ sample: null, reads: 0, next_is_new: null })
    expect(kindsFinding(none)).toBe('14 of 61 shapes have no read card')
    expect(kindsNote(none)).toContain('random sample')
    expect(shapesWords(kinds({ shapes_unread: 0 }))).toBe('All 61 shapes of reasons have a read card')
    expect(kindsFinding(kinds({ shapes: 0, next_is_new: null }))).toBe('No failure gives a reason')
    expect(kindsFinding(kinds({ next_is_new: { value: 0, low: 0, high: 0.1 } }))).toContain('at least twice')
  })
})

describe('models by task', () => {
  it('names who is ahead, and in how many tasks', () => {
    const cells = [modelTask('large', 'facts', { ahead: true }), modelTask('small', 'facts')]
    expect(aheadFinding(cells)).toBe('large is ahead')
    const more = [...cells, modelTask('large', 'sums'), modelTask('small', 'sums')]
    expect(aheadFinding(more)).toBe('large is ahead in 1 of 2 tasks')
    const both = [...cells, modelTask('large', 'sums'), modelTask('small', 'sums', { ahead: true })]
    expect(aheadFinding(both)).toBe('In 2 of 2 tasks a model is ahead')
  })

  it('claims nothing else', () => {
    const same = [modelTask('large', 'facts'), modelTask('small', 'facts')]
    expect(aheadFinding(same)).toBe('No model is surely ahead in any of 1 task')
    expect(aheadFinding([modelTask('large', 'facts')])).toBe('The corrected scores of 1 task')
    expect(aheadFinding([modelTask('large', 'facts', { corrected_score: null })])).toContain('cannot be told')
  })

  it('has a place for each pair', () => {
    const grid = taskGrid([modelTask('large', 'facts'), modelTask('small', 'sums')])
    expect([grid.models, grid.tasks]).toEqual([
      ['large', 'small'],
      ['facts', 'sums'],
    ])
    expect(grid.at('large', 'sums')).toBeUndefined()
    expect(taskCells([modelTask('large', 'facts', { ahead: true })])[1]).toEqual([
      ...['large', 'facts', 40, 60, 40, 60],
      ...[0.6, 0.7, 0.65, 0.75, 'ahead'],
    ])
  })
})

describe('scores of the failures', () => {
  it('say where the false fails are', () => {
    const { scores } = insights()
    expect(scoresFinding(scores)).toBe(
      '1 of 3 failures that were read was right; 1 of them scored 0.5 or more',
    )
    expect(scores.map(binCards)).toEqual([8, 4, 4])
    expect(scoreCells(scores)[2]).toEqual([0.9, 1, 1, 1, 0, 1, 1])
    const bin = { low: 0, high: 0.1, waiting: 3, unopened: 0, wrong: 0, right: 0, aside: 0 }
    expect(scoresFinding([bin])).toBe('No failure with a score was read yet')
    expect(scoresFinding([{ ...bin, wrong: 2 }])).toBe('None of 2 failures that were read was right')
    expect(scoresFinding([{ ...bin, low: null, high: null }])).toBe(
      'The harness gave these failures no score',
    )
    expect(scoresFinding([])).toBe('There is no failure here')
  })
})

it('leads to cards by the names that their pages know', () => {
  const scope = readScope({ run_id: 'r', model_name: ['m', 'n'], task_type: '', other: 'x' })
  expect(scope).toEqual({ run_id: 'r', model_name: 'm' })
  expect(readCards(scope, { failure_category: 'wrong_answer' })).toEqual({
    path: '/decided',
    query: {
      run_id: 'r',
      model_name: 'm',
      outcome: 'failed',
      reading: 'any',
      failure_category: 'wrong_answer',
    },
  })
  expect(waitingCards({}, { shape: 'a' })).toEqual({ path: '/', query: { shape: 'a' } })
})
