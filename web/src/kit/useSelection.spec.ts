import { expect, it } from 'vitest'
import { useSelection } from './useSelection'

it('selects rows, ranges and the page', () => {
  const rows = ['a', 'b', 'c', 'd', 'e']
  const { chosen, isAll, toggle, togglePage, clear } = useSelection(() => rows)
  const ids = () => [...chosen.value].sort().join('')
  toggle('b')
  toggle('d', true)
  expect(ids()).toBe('bcd')
  toggle('c')
  expect(ids()).toBe('bd')
  toggle('a', true)
  expect(ids()).toBe('abcd')
  expect(isAll.value).toBe(false)
  togglePage()
  expect([ids(), isAll.value]).toEqual(['abcde', true])
  togglePage()
  expect(ids()).toBe('')
  clear()
  toggle('e', true)
  expect(ids()).toBe('e')
})

it('takes along the rows on the way', () => {
  const { chosen, toggle, extend } = useSelection(() => ['a', 'b', 'c', 'd', 'e'])
  const ids = () => [...chosen.value].sort().join('')
  extend('b', 'c')
  expect(ids()).toBe('bc')
  extend('c', 'd')
  expect(ids()).toBe('bcd')
  toggle('a')
  extend('d', 'e')
  expect(ids()).toBe('abcde')
})
