import { expect, it } from 'vitest'
import { marksOf, MOST_PATTERNS, questionOf } from './patternMarks'

const report = (missing: string[], forbidden: string[] = []) => ({
  patterns: null,
  missing,
  forbidden,
  length: null,
  value: null,
})

it('asks for the patterns of a reason, within the limits of the server', () => {
  expect(questionOf('tac', report(['a'], ['b']))).toEqual({
    response: 'tac',
    missing: ['a'],
    forbidden: ['b'],
  })
  const many = Array.from({ length: 1000 }, (_, number) => `p${number}`)
  expect(questionOf('tac', report(many, ['x'.repeat(401)]))).toEqual({
    response: 'tac',
    missing: many.slice(0, MOST_PATTERNS),
    forbidden: [],
  })
})

it('asks nothing where there is nothing to look for', () => {
  expect(questionOf('tac', null)).toBeNull()
  expect(questionOf('', report(['a']))).toBeNull()
  expect(questionOf('tac', report([]))).toBeNull()
  expect(questionOf('x'.repeat(20_001), report(['x']))).toBeNull()
})

it('gives each mark its number in the legend and a description', () => {
  const legend = [{ pattern: 'a', kind: 'near' as const, number: 1, how: 'there', times: 1 }]
  const mark = (kind: 'near' | 'forbidden', number: number) => ({ start: 1, end: 2, kind, number })
  expect(marksOf({ marks: [mark('near', 1), mark('forbidden', 2)], legend, given_up: ['b'] })).toEqual({
    marks: [
      { from: 1, to: 2, kind: 'near', number: 1, says: 'Nearly a missing pattern, 1' },
      { from: 1, to: 2, kind: 'forbidden', number: 2, says: 'Forbidden, 2' },
    ],
    legend,
    givenUp: ['b'],
  })
})
