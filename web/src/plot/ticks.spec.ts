import { expect, it } from 'vitest'
import { linear } from './scales'
import { fitting, textWidth, thinned, type Tick, valueTicks, withEnds } from './ticks'

const texts = (ticks: readonly Tick[]) => ticks.map(({ text }) => text)
const every = (pixels: number, ...labels: string[]) =>
  labels.map((text, index): Tick => ({ at: index * pixels, text }))

it('writes round values with just the decimals that tell them apart', () => {
  expect(texts(valueTicks(linear([1, 4], [0, 1]), 4))).toEqual(['1', '2', '3', '4'])
  expect(texts(valueTicks(linear([0, 2], [0, 1]), 4))).toEqual(['0.0', '0.5', '1.0', '1.5', '2.0'])
  expect(texts(valueTicks(linear([0.001, 0.003], [0, 1]), 2))).toEqual(['0.001', '0.002', '0.003'])
  expect(texts(valueTicks(linear([0, 20_000], [0, 1]), 2))).toEqual(['0', '10,000', '20,000'])
})

it('places each value where the scale has it', () => {
  expect(valueTicks(linear([0, 2], [100, 0]), 2).map(({ at }) => at)).toEqual([100, 50, 0])
})

it('keeps every label where there is room, and each second or third where there is not', () => {
  expect(texts(thinned(every(40, '8', '16', '32', '64')))).toEqual(['8', '16', '32', '64'])
  expect(texts(thinned(every(20, '128', '256', '512', '1k')))).toEqual(['128', '512'])
  expect(texts(thinned(every(1, '128', '256', '512')))).toEqual(['128'])
  expect(thinned([])).toEqual([])
})

it('never lets two labels touch, whichever part of them stands at the tick', () => {
  const start: Tick = { at: 0, text: 'step 0', anchor: 'start' }
  const shown = thinned([start, ...every(24, '', '10', '20', '30').slice(1)])
  expect(texts(shown)).toEqual(['step 0', '30'])
})

it('drops labels that touch the ends of the axis or lie beyond them', () => {
  const first: Tick = { at: 0, text: 'step 0', anchor: 'start' }
  const last: Tick = { at: 200, text: '60', anchor: 'end' }
  expect(texts(withEnds(every(50, '0', '15', '30', '45', '60', '75'), first, last))).toEqual([
    'step 0',
    '30',
    '45',
    '60',
  ])
  expect(texts(withEnds([], first, last))).toEqual(['step 0', '60'])
})

it('knows how many labels an axis has room for', () => {
  expect(fitting(600, textWidth('1,000'))).toBe(9)
  expect(fitting(10, textWidth('1,000'))).toBe(2)
})
