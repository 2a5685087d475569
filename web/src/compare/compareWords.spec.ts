import { describe, expect, it } from 'vitest'
import { compared } from '@/testing/comparisons'
import {
  chance,
  differenceFinding,
  flips,
  headline,
  leftOut,
  method,
  taskFinding,
  valueWords,
} from './compareWords'

const SURE = { p_value: 0.02, difference: { value: 0.1, low: 0.02, high: 0.18 } }
const WORSE = { p_value: 0.02, difference: { value: -0.1, low: -0.18, high: -0.02 } }
const EVEN = { difference: { value: 0, low: -0.1, high: 0.1 }, right_before: 75 }

describe('what a comparison says', () => {
  it('claims only what the interval carries', () => {
    expect(headline(compared())).toBe(
      'After, 75 of 120 are right, 71 before: too small a difference to be sure of.',
    )
    expect(headline(compared(SURE))).toContain('71 before: better by 10.0 points.')
    expect(headline(compared(WORSE))).toContain('71 before: worse by 10.0 points.')
    // on few items the interval may leave out 0 where the test does not
    expect(headline(compared({ ...SURE, p_value: 0.0625 }))).toContain(
      'too small a difference to be sure of.',
    )
    expect(headline(compared(EVEN))).toBe('After, 75 of 120 are right, 75 before.')
    expect(headline(compared({ difference: null, items_compared: 0 }))).toBe(
      'No item was judged on both sides.',
    )
    expect(headline(compared({ difference: null, passes_listed: false }))).toContain(
      '71 before. Items that passed on a side are not among them',
    )
    expect([compared(), compared(SURE), compared(WORSE), compared(EVEN)].map(differenceFinding)).toEqual([
      '3.3 points better, but it may be chance',
      '10.0 points better',
      '10.0 points worse',
      'No difference',
    ])
  })

  it('counts what flipped, and what was left out', () => {
    expect(flips(compared())).toBe('7 fixed, 3 broken; the other 110 as they were')
    expect(leftOut(compared())).toEqual([])
    expect(leftOut(compared({ set_aside: 1, only_after: 12 }))).toEqual([
      '1 item set aside by a reader',
      '12 items only after',
    ])
  })

  it('puts chance into words, and the method last', () => {
    expect(chance(compared())?.join('')).toBe(
      'Were both sides equally good, 10 flips would fall 7 to 3 or further apart in 34 of 100 comparisons.',
    )
    expect(chance(compared({ p_value: 0.002 }))?.join('')).toContain('in fewer than 1 of 100 comparisons')
    expect(chance(compared({ fixed: 0, broken: 0, p_value: 1 }))?.[0]).toContain('No item flipped')
    expect(chance(compared({ p_value: null }))).toBeNull()
    expect(method(compared())).toBe('McNemar’s exact test, Newcombe’s interval, p = 0.34')
    expect(method(compared({ p_value: 1e-7 }))).toContain('p < 0.0001')
  })

  it('counts shares where there are several epochs', () => {
    const epochs = compared({ method: 'sign_flips_bootstrap', right_after: 75.5 })
    expect(headline(epochs)).toContain('75.5 of 120')
    expect(chance(epochs)?.[0]).toContain('they would differ so much or more')
    expect([1, 0, 0.5].map(valueWords)).toEqual(['right', 'wrong', '50.0\u00a0% right'])
  })

  it('names the tasks with the most flips, and says where several are even', () => {
    const [sums, words] = compared().tasks
    expect(taskFinding([sums!, words!])).toBe('Most fixed: sums, 5; most broken: sums, 3')
    expect(taskFinding([sums!, { ...words!, fixed: 5 }])).toContain('Most fixed: sums and words, 5 each')
    expect(taskFinding([{ ...words!, fixed: 0 }])).toBe('No task changed')
  })
})
