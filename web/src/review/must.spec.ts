import { describe, expect, it } from 'vitest'
import { asLines, mustProblem } from './must'
import { containedIn, countMet, mustWords } from './mustMet'

describe('must lines', () => {
  it('are one a line, without blank ones and doubles', () => {
    expect(asLines(' 12 kg \n\n12  KG\r\nsum\n')).toEqual(['12 kg', 'sum'])
  })

  it.each([
    ['12 KG', 'It weighs 12 kg.', true],
    ['it  weighs', 'It\nweighs 12 kg.', true],
    ['12kg', 'It weighs 12 kg.', false],
    ['caf\u00e9', 'Cafe\u0301 au lait', true],
    ['.*', 'anything', false],
  ])('%j in %j: %j', (line, text, expected) => {
    expect(containedIn(text)(line)).toBe(expected)
  })

  it('are met by what is there and by what is not', () => {
    const lines = { must: ['12', 'kg'], must_not: ['sure', '12 lb'] }
    expect(countMet(lines, containedIn('Sure! 12 kg'))).toEqual([3, 4])
  })

  it('say what is wrong with them before they are sent', () => {
    expect(mustProblem({ must: ['a'], must_not: ['b'] })).toBeNull()
    expect(mustProblem({ must: ['a', 'b'], must_not: ['B'] })).toContain('“b” stands in both')
    expect(mustProblem({ must: ['x'.repeat(501)], must_not: [] })).toContain('at most 500 characters')
    const many = Array.from({ length: 21 }, (_, index) => `${index}`)
    expect(mustProblem({ must: [], must_not: many })).toBe('Each has at most 20 lines.')
  })

  it('read as a sentence', () => {
    expect(mustWords({ must: [], must_not: [] })).toBe('')
    expect(mustWords({ must: ['kg'], must_not: ['sure', 'of course'] })).toBe(
      'Must contain “kg”; must not contain “sure”, “of course”',
    )
    expect(mustWords({ must: [], must_not: ['sure'] })).toBe('Must not contain “sure”')
  })
})
