import { expect, it } from 'vitest'
import { comparedParts } from './comparedParts'

/** What both have, what only the reference has in brackets, and only the answer in braces. */
function shown(answer: string, reference: string): string {
  const around = { same: ['', ''], reference: ['[', ']'], answer: ['{', '}'] } as const
  return comparedParts(answer, reference)
    .parts.map(({ kind, pieces }) => around[kind].join(pieces.map(({ text }) => text).join('')))
    .join('')
}

it('marks whole numbers, never a part of one', () => {
  const [one, other] = ['Six notebooks cost 14.40 euros.', 'Six notebooks cost 8.40 euros.']
  expect(shown(other, one)).toBe('Six notebooks cost [14.40]{8.40} euros.')
  expect(shown('It is 112 now.', 'It is 12 now.')).toBe('It is [12]{112} now.')
  expect(shown('It is 1,250 km.', 'It is 1,200 km.')).toBe('It is [1,200]{1,250} km.')
  expect(shown('At 10:15, or 3/4 of it.', 'At 10:45, or 1/4 of it.')).toBe(
    'At [10:45]{10:15}, or [1/4]{3/4} of it.',
  )
})

it('joins two changes of one number', () => {
  expect(shown('The sum is 1925.', 'The sum is 2926.')).toBe('The sum is [2926]{1925}.')
})

it('puts the two texts apart where one is written anew, whatever letters they share', () => {
  const reference = 'Six notebooks cost 14.40 euros.'
  const answer =
    'A notebook costs 2.40 euros. To find out how many notebooks are there, we can divide 2.40 by 1.40. ' +
    'So, 6 notebooks would cost 6 * 1.40 = 8.40 euros.'
  expect(shown(answer, reference)).toBe(`[${reference}]{${answer}}`)
  expect(comparedParts(answer, reference)).toMatchObject({ isApart: true, isSame: false })
  expect(comparedParts('LIMA', 'Lima').isApart).toBe(true)
})

it('keeps one text where much is the same, where one is empty, and where nothing differs', () => {
  expect(comparedParts('It is small.', 'It is large.').isApart).toBe(false)
  expect(comparedParts('', 'Lima')).toMatchObject({ isApart: false, isSame: false })
  expect(comparedParts('Lima', 'Lima')).toMatchObject({ isApart: false, isSame: true })
})

it('compares only the starts of long texts, and says so', () => {
  const long = 'x'.repeat(30_000)
  expect(comparedParts(long, long)).toMatchObject({ isCut: true, isSame: true })
})
