import { expect, it } from 'vitest'
import { allReferences, referenceText } from './reference'

it.each([
  ['tac', 'tac'],
  [['tac', 'TAC'], 'tac'],
  [{ total: 1 }, '{\n  "total": 1\n}'],
  [[{ a: 1 }], '[\n  {\n    "a": 1\n  }\n]'],
  [7, '7'],
  [null, null],
  [' ', null],
  [[], null],
])('a correction from %j starts with %j', (reference, text) => {
  expect(referenceText(reference)).toBe(text)
})

it('any of several will do', () => {
  expect(allReferences(['a', '', 'b'])).toEqual(['a', 'b'])
})
