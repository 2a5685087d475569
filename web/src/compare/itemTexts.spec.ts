import { expect, it } from 'vitest'
import { compared, comparedItem } from '@/testing/comparisons'
import { categoryFinding, categoryLines } from './categoryRows'
import { categoryOf, firstOf, ordered } from './flipList'
import { sideTexts } from './sideTexts'

const own = (parts: ReturnType<typeof sideTexts>['before']): string[] =>
  parts.filter(({ isOwn }) => isOwn).map(({ pieces }) => pieces.map(({ text }) => text).join(''))

it('marks the words that only one side has', () => {
  const { before, after, isSame } = sideTexts('It moves 2 h 10 min.', 'It moves 2 h 25 min.')
  expect([own(before), own(after), isSame]).toEqual([['10'], ['25'], false])
  expect(sideTexts('same', 'same').isSame).toBe(true)
  expect(sideTexts('x'.repeat(30_000), 'x'.repeat(30_000)).isCut).toBe(true)
})

it('orders the flips by task, and finds the first of a kind', () => {
  const items = [
    comparedItem({ task: 'words', item: '1' }),
    comparedItem({ task: 'sums', item: '2', kind: 'fixed' }),
    comparedItem({ task: 'words', item: '3', kind: 'fixed' }),
  ]
  expect(ordered(items, 'kind').map(({ item }) => item)).toEqual(['1', '2', '3'])
  expect(ordered(items, 'task').map(({ item }) => item)).toEqual(['2', '1', '3'])
  expect([
    firstOf(items, 'fixed', null),
    firstOf(items, 'fixed', 'words'),
    firstOf(items, 'broken', 'sums'),
  ]).toEqual([1, 2, -1])
  expect(categoryOf(items[0]!)).toBe('wrong_answer')
})

it('names a category only where every wrong answer has one', () => {
  const [wrong] = compared().categories
  const format = { category: 'format_error', before: 4, after: 4 }
  expect(categoryFinding(compared().categories)).toBe(
    'Of the wrong answers, 19 before and 20 after have no category',
  )
  expect(categoryFinding([wrong!, format])).toBe('Wrong answer: 5 items fewer after')
  expect(categoryFinding([wrong!, { ...format, after: 9 }])).toBe('No category changed by more than 5 items')
  expect(categoryFinding([format])).toBe('No category changed')
  expect(categoryFinding([])).toBe('No answer is wrong on either side')
  expect(categoryLines(compared().categories).map(({ label }) => label)).toEqual([
    'Wrong answer',
    'Not read, or without a category',
  ])
})
