import { presentableDiff } from '@codemirror/merge'
import { cutText, type Piece } from '@/reading/textPieces'
import { wholeSentences } from '@/reading/sentenceDiff'

/** A stretch of a side's text, and whether the other side has it too. */
export interface Part {
  isOwn: boolean
  pieces: Piece[]
}

export interface SideTexts {
  before: Part[]
  after: Part[]
  /** Only the starts of longer texts are compared. */
  isCut: boolean
  isSame: boolean
}

/** Beyond these limits the comparison is coarse, so that nobody waits for it. */
const LIMITS = { scanLimit: 2000, timeout: 100 }
const LONGEST = 20_000

/** Two answers, each cut where they differ: by words, and where a passage was written anew by whole sentences. */
export function sideTexts(before: string, after: string): SideTexts {
  const [one, other] = [before.slice(0, LONGEST), after.slice(0, LONGEST)]
  const changes = wholeSentences(presentableDiff(one, other, LIMITS), one)
  return {
    before: parts(
      one,
      changes.map(({ fromA, toA }) => [fromA, toA]),
    ),
    after: parts(
      other,
      changes.map(({ fromB, toB }) => [fromB, toB]),
    ),
    isCut: Math.max(before.length, after.length) > LONGEST,
    isSame: changes.length === 0,
  }
}

function parts(text: string, ranges: readonly (readonly [number, number])[]): Part[] {
  const found: Part[] = []
  const add = (isOwn: boolean, from: number, to: number): void =>
    void (to > from && found.push({ isOwn, pieces: cutText(text.slice(from, to), [], false) }))
  let at = 0
  for (const [from, to] of ranges) {
    add(false, at, from)
    add(true, from, to)
    at = to
  }
  add(false, at, text.length)
  return found
}
