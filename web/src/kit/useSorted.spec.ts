import { expect, it } from 'vitest'
import { useSorted } from './useSorted'

it('sorts by a column, turns it round, and keeps rows without a value last', () => {
  const rows = [{ n: 2 }, { n: null }, { n: 10 }]
  const { sorted, sortBy, direction } = useSorted(
    () => rows,
    (row, column: 'n' | 'other') => (column === 'n' ? row.n : null),
    {
      column: 'other',
      descending: false,
    },
  )
  sortBy('n')
  expect(sorted.value.map(({ n }) => n)).toEqual([2, 10, null])
  expect(direction('n')).toBe('ascending')
  sortBy('n')
  expect(sorted.value.map(({ n }) => n)).toEqual([10, 2, null])
  expect(direction('n')).toBe('descending')
  expect(direction('other')).toBe('none')
})
