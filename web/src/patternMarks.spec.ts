import { expect, it } from 'vitest'
import { markPatterns } from './patternMarks'

function mark(response: string, missing: string[], forbidden: string[] = []) {
  const { marks, legend } = markPatterns(response, {
    patterns: null,
    missing,
    forbidden,
    length: null,
    value: null,
  })
  return { texts: marks.map(({ from, to }) => response.slice(from, to)), marks, legend }
}

it.each([
  ['The capital is Tokyo.', '^Tokyo$', ['Tokyo'], 'there, but not alone'],
  ['It is h2o, of course', '^(?-i:H2O)$', ['h2o'], 'there, but not alone'],
  ['tac', '(?m)TAC', ['tac'], 'there, but for capitals'],
  ['Born 2024 / 02 / 29.', '2024-02-29', ['2024 / 02 / 29'], 'there, but for signs and spaces'],
  ['12 remainder 5', String.raw`remainder\D{0,12}2\b`, ['remainder'], 'only a part is there'],
  ['no notion, No', '^no$', ['no', 'No'], 'there, but not alone'],
])('in “%s” the missing %s is nearly there', (response, pattern, texts, how) => {
  const { texts: found, legend } = mark(response, [pattern])
  expect(found).toEqual(texts)
  expect(legend).toEqual([{ pattern, kind: 'near', number: 1, how, times: texts.length }])
})

it.each([
  ['512', String.raw`\b225\b`],
  ['Two sentences. Here.', '^[^.!?]+[.!?]$'],
  ['a cat', '^C$'],
  ['', '^x$'],
])('in “%s” nothing is near %s', (response, pattern) => {
  expect(mark(response, [pattern])).toEqual({ texts: [], marks: [], legend: [] })
})

it('marks what is forbidden, each with the number of its legend', () => {
  const { texts, marks, legend } = mark(
    'Sure! Of course. Sure (x)',
    ['tac'],
    ['sure', 'of course', '(x', 'no'],
  )
  expect(texts).toEqual(['Sure', 'Sure', 'Of course', '(x'])
  expect(marks.map(({ number }) => number)).toEqual([1, 1, 2, 3])
  expect(marks[0]!.says).toBe('Forbidden, 1')
  expect(legend.map(({ pattern, times }) => [pattern, times])).toEqual([
    ['sure', 2],
    ['of course', 1],
    ['(x', 1],
  ])
})

it('never waits: patterns that could run for ever are looked for as they are written, long texts not at all', () => {
  const began = performance.now()
  const many = 'a'.repeat(19_000)
  for (const pattern of [
    '(a+)+$',
    '((a*)b?)*c',
    '(a|a+){2,}$',
    '.*a.*a.*a.*b',
    '[^.]+a[^.]+a[^.]+!',
    'a*a*a*a*b',
  ])
    mark(`${many}!`, [pattern], [pattern])
  expect(performance.now() - began).toBeLessThan(1000)
  expect(mark('(a+)+$ stands here', [], ['(a+)+$']).texts).toEqual(['(a+)+$'])
  expect(mark(`x${' '.repeat(20_000)}`, [], ['x']).texts).toEqual([])
})

it('has nothing to mark without a report', () => {
  expect(markPatterns('tac', null)).toEqual({ marks: [], legend: [] })
})
