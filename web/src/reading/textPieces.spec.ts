import { expect, it } from 'vitest'
import { countUnusual, findInvisibles } from './invisibles'
import { cutText, type TextMark } from './textPieces'

const near: TextMark = { from: 4, to: 9, kind: 'near', says: 'near', number: 1 }
const found: TextMark = { from: 6, to: 12, kind: 'found', says: 'found' }

it('cuts where marks begin and end, loses nothing, and numbers a mark once', () => {
  const text = 'The quick brown fox'
  const pieces = cutText(text, [found, near], false)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(pieces.map((piece) => [piece.text, piece.mark?.kind])).toEqual([
    ['The ', undefined],
    ['qu', 'near'],
    ['ick', 'found'],
    [' br', 'found'],
    ['own fox', undefined],
  ])
  const across = cutText('The a\u00a0b', [{ ...near, to: 7 }], true)
  expect(across.map((piece) => piece.ends)).toEqual([undefined, false, false, true])
})

it('a mark that reaches past the fold ends with it', () => {
  expect(cutText('The qu', [near], false).map(({ text }) => text)).toEqual(['The ', 'qu'])
})

it('names invisible characters', () => {
  const text = 'a\u00a0b  \r\n\tx \n\u200b\u2028\u202ey\u0007 end'
  expect(findInvisibles(text, true).map(({ shown }) => shown.name)).toEqual([
    'No-break space (U+00A0)',
    '2 spaces at the line end',
    'Tab (U+0009)',
    'Space at the line end',
    'Zero-width space (U+200B)',
    'Line separator (U+2028)',
    'Right-to-left override (U+202E)',
    'Invisible character (U+0007)',
  ])
  const pieces = cutText(text, [], true)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(pieces.find(({ text: piece }) => piece === '\u202e')?.invisible?.symbol).toBe('RLO')
})

it('counts only characters that nobody writes on purpose', () => {
  expect(countUnusual('tab\t, spaces  \n, emoji 👩‍👧, plain')).toBe(0)
  expect(countUnusual('a\u00a0b\u200bc')).toBe(2)
})

it('looks at each of very many spaces once; starting over at each would take hours', () => {
  expect(findInvisibles(`${' '.repeat(5_000_000)}x`, true)).toEqual([])
})

it('shows what would act whether asked or not: reordering signs, terminal sequences, control characters', () => {
  const text = 'a\u202eb\u001b[31;1mred\u001b[0m\u0007\u200d\u00a0 '
  const seen = cutText(text, [], false)
  expect(seen.map((piece) => piece.text).join('')).toBe(text)
  expect(seen.flatMap(({ invisible }) => invisible?.symbol ?? [])).toEqual([
    'RLO',
    'ESC[31;1m',
    'ESC[0m',
    'U+0007',
  ])
})
