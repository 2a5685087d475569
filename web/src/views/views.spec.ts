import { expect, it } from 'vitest'
import type { View } from '@/api/types'
import { isSame, valuesOf, viewAddress, viewQuery } from './views'

const view: View = {
  page: 'review',
  name: 'Two & more',
  query: { model_name: ['a', 'b'], order: ['newest'] },
  reviewer: 'rowan',
  at: '2026-11-22T18:39:58.065180Z',
}

it('a view is the same as an address in any order', () => {
  expect(isSame(view.query, { order: 'newest', model_name: ['b', 'a'] })).toBe(true)
  expect(isSame(view.query, { order: 'newest', model_name: 'a' })).toBe(false)
  expect(isSame(view.query, { model_name: ['a', 'b'] })).toBe(false)
  expect(isSame({}, {})).toBe(true)
})

it('its address holds its name and what it shows', () => {
  expect(viewAddress(view)).toBe('/?model_name=a&model_name=b&order=newest&view=Two+%26+more')
  expect(viewAddress({ ...view, page: 'decided', query: {} })).toBe('/decided?view=Two+%26+more')
  expect(viewQuery(view)).toEqual({ model_name: ['a', 'b'], order: ['newest'], view: 'Two & more' })
  expect(valuesOf({ q: 'cat', model_name: ['a'] })).toEqual({ q: ['cat'], model_name: ['a'] })
})
