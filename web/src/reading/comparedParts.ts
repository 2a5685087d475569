import { presentableDiff } from '@codemirror/merge'
import { wholeSentences } from './sentenceDiff'
import { cutText, type Piece } from './textPieces'
import { wholeNumbers } from './wholeNumbers'

/** A stretch that both texts have, or only one of them. */
export interface ComparedPart {
  kind: 'same' | 'answer' | 'reference'
  pieces: Piece[]
}

export interface Compared {
  parts: ComparedPart[]
  isSame: boolean
  /** Whether all of it differs: there is nothing in one text to be marked, so the two stand one under the other. */
  isApart: boolean
  /** Only the starts of longer texts are compared. */
  isCut: boolean
}

/** Beyond these limits the comparison is coarse, so that nobody waits for it. */
const LIMITS = { scanLimit: 2000, timeout: 100 }
const LONGEST = 20_000

/** An answer and a reference in one text, cut where they differ: never inside a number, rewritten sentences whole. */
export function comparedParts(text: string, reference: string): Compared {
  const [answer, wanted] = [text.slice(0, LONGEST), reference.slice(0, LONGEST)]
  const exact = wholeNumbers(presentableDiff(wanted, answer, LIMITS), wanted, answer)
  const changes = wholeSentences(exact, wanted)
  const parts: ComparedPart[] = []
  const add = (kind: ComparedPart['kind'], part: string): void =>
    void (part && parts.push({ kind, pieces: cutText(part, [], false) }))
  let at = 0
  for (const { fromA, toA, fromB, toB } of changes) {
    add('same', answer.slice(at, fromB))
    add('reference', wanted.slice(fromA, toA))
    add('answer', answer.slice(fromB, toB))
    at = toB
  }
  add('same', answer.slice(at))
  return {
    parts,
    isSame: changes.length === 0,
    isApart: parts.length === 2 && parts.every(({ kind }) => kind !== 'same'),
    isCut: Math.max(text.length, reference.length) > LONGEST,
  }
}
