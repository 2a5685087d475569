import { expect, it } from 'vitest'
import { apart } from './labels'

it('leaves labels alone that are far enough apart', () => {
  expect(apart([80, 20, 50], 16, [0, 100])).toEqual([80, 20, 50])
})

it('moves two labels that are too close by the same distance', () => {
  expect(apart([54, 50], 16, [0, 100])).toEqual([60, 44])
  expect(apart([50, 50], 16, [0, 100])).toEqual([42, 58])
})

it('moves the neighbours that this pushes into', () => {
  expect(apart([50, 52, 60], 10, [0, 100])).toEqual([44, 54, 64])
})

it('stays within its room', () => {
  expect(apart([98, 99], 16, [10, 100])).toEqual([84, 100])
  expect(apart([0, 1], 16, [10, 100])).toEqual([10, 26])
  expect(apart([], 16, [10, 100])).toEqual([])
})
