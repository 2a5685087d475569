import { expect, it } from 'vitest'
import { around, linear } from './scales'

it('turns values into pixels, upwards where the pixels say so', () => {
  expect(linear([0, 10], [100, 0])(2.5)).toBe(75)
})

it('ends at round numbers around the values', () => {
  expect(around([1.13, 3.91], [0, 1], 4).domain()).toEqual([1, 4])
  expect(around([-0.7, 0.2], [0, 1], 4).domain()).toEqual([-0.8, 0.2])
})

it.each([[[2, 2]], [[0.0004, 0.0004]], [[-3, -3]], [[1000]]])(
  'gives a span to the equal values %j',
  (values) => {
    const [low, high] = around(values, [0, 1], 4).domain() as [number, number]
    expect(low).toBeLessThan(values[0]!)
    expect(high).toBeGreaterThan(values[0]!)
    expect(high - low).toBeLessThan(Math.abs(values[0]!) / 10)
  },
)

it('never goes below zero unless a value does', () => {
  expect(around([0, 0], [0, 1], 4).domain()).toEqual([0, 1])
  expect(around([0.001, 5], [0, 1], 4).domain()[0]).toBe(0)
})

it('has a domain without any values', () => {
  expect(around([], [0, 1], 4).domain()).toEqual([0, 1])
})
