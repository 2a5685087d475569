import { expect, it } from 'vitest'
import { shares } from './shares'

const rounded = (...asked: Parameters<typeof shares>) =>
  shares(...asked).map(({ from, to }) => [from, to].map((pixel) => Math.round(pixel * 100) / 100))

it('divides a bar by the shares of its parts', () => {
  expect(rounded([1, 3], 100, 0, 0)).toEqual([
    [0, 25],
    [25, 100],
  ])
})

it('leaves a gap between parts, none beside a part of zero', () => {
  expect(rounded([1, 0, 1], 102, 2, 0)).toEqual([
    [0, 50],
    [52, 52],
    [52, 102],
  ])
})

it('keeps a small part visible, at the cost of all the others', () => {
  expect(rounded([1, 999, 1], 104, 2, 6)).toEqual([
    [0, 6],
    [8, 96],
    [98, 104],
  ])
})

it('never draws past its end', () => {
  for (const values of [[1], [1, 1, 1, 1], [1, 1e6, 1, 1]])
    expect(shares(values, 20, 2, 6).at(-1)!.to).toBeCloseTo(20)
})

it('draws nothing for no values', () => {
  expect(rounded([0, 0], 100, 2, 6)).toEqual([
    [0, 0],
    [0, 0],
  ])
})
