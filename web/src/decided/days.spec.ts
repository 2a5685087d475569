import { expect, it } from 'vitest'
import { beginOf, dayBefore, dayOf, daysWords } from './days'

it('a day goes from its beginning to that of the next, wherever the browser is', () => {
  for (const day of ['2026-02-28', '2026-03-29', '2026-12-31']) {
    expect(dayOf(beginOf(day))).toBe(day)
    expect(dayBefore(beginOf(day, 1))).toBe(day)
  }
  expect(dayOf(beginOf('2026-12-31', 1))).toBe('2027-01-01')
})

it('what is no day is no filter', () => {
  expect([beginOf(''), dayOf(null), dayBefore(null), dayOf('soon'), dayBefore('soon')]).toEqual([
    null,
    '',
    '',
    '',
    '',
  ])
})

it('is said in words', () => {
  const [first, last] = [beginOf('2026-11-01'), beginOf('2026-11-30', 1)]
  expect(daysWords(first, last)).toBe('2026-11-01 to 2026-11-30')
  expect(daysWords(first, beginOf('2026-11-01', 1))).toBe('2026-11-01')
  expect(daysWords(first, null)).toBe('from 2026-11-01')
  expect(daysWords(null, last)).toBe('up to 2026-11-30')
  expect(daysWords(null, null)).toBeNull()
})
