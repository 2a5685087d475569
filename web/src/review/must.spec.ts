import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { asLines, mustProblem } from './must'
import { containedIn, countMet, mustWords } from './mustMet'

// The server is tested with the same table: tests/test_must.py.
const table = JSON.parse(readFileSync('../tests/samples/cases/text/must-lines.json', 'utf8')) as {
  contained: { name: string; line: string; text: string; contained: boolean }[]
  kept: { given: string[]; kept: string[] }[]
}

describe('must lines', () => {
  it('are one a line, without blank ones and doubles', () => {
    expect(asLines(' 12 kg \n\n12  KG\r\nsum\n')).toEqual(['12 kg', 'sum'])
  })

  it.each(table.contained)('are looked for by the rule of the server: $name', ({ line, text, contained }) => {
    expect(containedIn(text)(line)).toBe(contained)
  })

  it.each(table.kept)('are told apart by the rule of the server: $given', ({ given, kept }) => {
    expect(asLines(given.join('\n'))).toEqual(kept)
    expect(mustProblem({ must: kept, must_not: asLines(given.join('\n')) })).toContain('stands in both')
  })

  it('have no line end within, and something to see', () => {
    expect(asLines('12\u2028kg\n\u200b\n\u2060 \n')).toEqual(['12 kg'])
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
