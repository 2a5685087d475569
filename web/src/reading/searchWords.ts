/**
 * Where the words of a query stand in a text. Repeats the server's rule (`avocet.search.words`) to mark what it
 * found.
 */

/** A range in code units; the end is not included. */
export type Place = readonly [from: number, to: number]

interface Piece {
  text: string
  /** Text of a script without spaces, or signs: any part of it can match, not only its beginning. */
  isRun: boolean
  /** The offset of each of its code units in the original text. */
  from: number[]
  to: number[]
}

interface Term {
  pieces: Piece[]
  isOpen: boolean
}

const SPACELESS =
  '\\u0E00-\\u0EFF\\u1000-\\u109F\\u1100-\\u11FF\\u1780-\\u17FF\\u1950-\\u19DF\\u1A20-\\u1AAF\\u1B00-\\u1B7F\\u3005-\\u3007' +
  '\\u3040-\\u31FF\\u3400-\\u4DBF\\u4E00-\\uA4CF\\uA960-\\uA9FF\\uAA60-\\uAADF\\uAC00-\\uD7FF\\uF900-\\uFAFF' +
  '\\u{1AFF0}-\\u{1B16F}\\u{1F000}-\\u{1FBFF}\\u{20000}-\\u{3FFFF}'
const SIGN = '(?![\\0-\\x7F\\u2044\\u2500-\\u259F])[\\p{So}\\p{Sc}\\p{Sm}]'
const RUN = `(?:(?![\\p{P}\\p{Z}])[${SPACELESS}]|${SIGN})`
const PIECE = new RegExp(`(${RUN}+)|(?:(?!${RUN})[\\p{L}\\p{N}\\p{M}])+`, 'gu')
/** A letter with its combining marks, those of half-width kana included. */
const CLUSTER = /\P{M}[\p{M}\uFF9E\uFF9F]*|\p{M}+/gu
const ACCENTS =
  /[\u0300-\u036F\u0483-\u0487\u0591-\u05C7\u0610-\u061A\u064B-\u0652\u06D6-\u06ED\u20D0-\u20FF\uFE00-\uFE0F\p{Cf}]/gu
const ASKED = /"([^"]*)"?|([^\s"]\S*)/gu

/** All places of a query's words, in order and without overlaps. */
export function searchedPlaces(text: string, query: string): Place[] {
  const sought = terms(query)
  if (!sought.length) return []
  const pieces = cut(text)
  const places = sought.flatMap((term) => placesOf(pieces, term)).sort(([a, b], [c, d]) => a - c || d - b)
  let end = 0
  return places.filter(([from, to]) => from >= end && (end = to))
}

function terms(query: string): Term[] {
  const written = query.replace(/[“”„‟«»＂]/g, '"')
  const asked = [...written.matchAll(ASKED)].map(([, quoted, bare]) => cut(quoted || bare || ''))
  const found = asked.filter((pieces) => pieces.length)
  const isOpen = !/["\s]$/u.test(written) && (found.at(-1)?.at(-1)?.text.length ?? 0) > 1
  return found.map((pieces, at) => ({ pieces, isOpen: isOpen && at === found.length - 1 }))
}

function placesOf(pieces: readonly Piece[], { pieces: sought, isOpen }: Term): Place[] {
  const [first, ...rest] = sought
  const last = rest.at(-1)
  if (!first) return []
  if (!last) return pieces.flatMap((piece) => within(piece, first, isOpen))
  return pieces.flatMap((piece, at) => {
    const starts =
      piece.isRun === first.isRun &&
      (first.isRun ? piece.text.endsWith(first.text) : piece.text === first.text)
    const follows = rest.slice(0, -1).every((one, n) => pieces[at + 1 + n]?.text === one.text)
    const end = pieces[at + rest.length]
    if (!starts || !follows || !end || !begins(end, last, isOpen)) return []
    return [
      [piece.from[piece.text.length - first.text.length] ?? 0, end.to[last.text.length - 1] ?? 0] as const,
    ]
  })
}

function begins(piece: Piece, sought: Piece, isOpen: boolean): boolean {
  return sought.isRun || isOpen ? piece.text.startsWith(sought.text) : piece.text === sought.text
}

function within(piece: Piece, sought: Piece, isOpen: boolean): Place[] {
  const { length } = sought.text
  const found: Place[] = []
  if (!sought.isRun) {
    if (begins(piece, sought, isOpen)) found.push([piece.from[0] ?? 0, piece.to[length - 1] ?? 0])
    return found
  }
  for (let at = piece.text.indexOf(sought.text); at >= 0; at = piece.text.indexOf(sought.text, at + length))
    found.push([piece.from[at] ?? 0, piece.to[at + length - 1] ?? 0])
  return found
}

/** The words and runs of a text, as the search sees them. */
function cut(text: string): Piece[] {
  let folded = ''
  const from: number[] = []
  const to: number[] = []
  for (const { 0: written, index } of text.matchAll(CLUSTER)) {
    const letters = fold(written)
    folded += letters
    for (let n = 0; n < letters.length; n += 1) {
      from.push(index)
      to.push(index + written.length)
    }
  }
  return [...folded.matchAll(PIECE)].map(({ 0: piece, 1: run, index }) => ({
    text: piece,
    isRun: run !== undefined,
    from: from.slice(index, index + piece.length),
    to: to.slice(index, index + piece.length),
  }))
}

/** Fold a letter to what the search compares. Upper case first, so that ß becomes ss and every sigma is the same. */
function fold(written: string): string {
  if (written.length === 1 && written < '\x80') return written.toLowerCase()
  const apart = written.normalize('NFKD').toUpperCase().toLowerCase().replaceAll('ς', 'σ')
  return apart.normalize('NFKD').replace(ACCENTS, '').normalize('NFKC')
}
