import { expect, it } from 'vitest'
import { about, hundredths, ofHundred, percent, points, range, signed, wholePercent } from './rates'

it('writes rates in hundredths', () => {
  expect(percent(0.62568)).toBe('62.6\u00a0%')
  expect(hundredths(0)).toBe('0.0')
  expect(range(0.583, 0.654)).toBe('58.3 to 65.4')
  expect(range(0.583, 0.654, false)).toBe('58 to 65')
})

it('never writes a rate as none or all that is neither', () => {
  expect([0, 0.002, 0.12, 0.998, 1].map(wholePercent)).toEqual([
    '0\u00a0%',
    '< 1\u00a0%',
    '12\u00a0%',
    '> 99\u00a0%',
    '100\u00a0%',
  ])
})

it('rounds as far as the numbers stay apart', () => {
  expect(ofHundred([0.62568, 0.588])).toEqual(['63', '59'])
  expect(ofHundred([0.628, 0.632])).toEqual(['62.8', '63.2'])
})

it('writes a difference with its sign', () => {
  expect([points(0.0377), signed(-0.007), signed(0)]).toEqual(['+3.8 points', '−0.7', '0.0'])
})

it('calls about only what is an estimate', () => {
  expect(about({ low: 0.2, high: 0.3 })).toBe('about ')
  expect(about({ low: 0.25, high: 0.25 })).toBe('')
  expect(about({ low: null, high: null })).toBe('about ')
})
