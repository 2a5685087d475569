import { expect, it } from 'vitest'
import { flowOf, middleAt, outline } from './flow'

const BOX = { top: 0, bottom: 250 }

it('draws every item once on each side, as wide as they are many', () => {
  const { ribbons, before, after } = flowOf(
    { still_right: 68, broken: 3, fixed: 7, still_wrong: 42 },
    BOX,
    28,
  )
  expect(before.map(({ items }) => items)).toEqual([71, 49])
  expect(after.map(({ items }) => items)).toEqual([75, 45])
  for (const { from, to } of ribbons) expect(from[1] - from[0]).toBeCloseTo(to[1] - to[0])
  expect(before[1]!.bottom).toBeCloseTo(BOX.bottom)
  expect(after[1]!.bottom).toBeCloseTo(BOX.bottom)
  const fixed = ribbons.find(({ kind }) => kind === 'fixed')!
  expect(middleAt(fixed, 0)).toBeGreaterThan(middleAt(fixed, 1))
  expect(outline(fixed, 10, 90)).not.toContain('NaN')
})

it('leaves out what there is none of', () => {
  const { ribbons, after } = flowOf({ still_right: 5, broken: 0, fixed: 0, still_wrong: 0 }, BOX, 28)
  expect(ribbons.map(({ kind }) => kind)).toEqual(['still_right'])
  expect(after.map(({ items }) => items)).toEqual([5, 0])
})
