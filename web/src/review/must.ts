import { isBlank } from '@/reading/blank'

/** What a right answer must contain, and what it must not. */
export interface MustLines {
  must: string[]
  must_not: string[]
}
export type MustKind = keyof MustLines

export const MUST_KINDS: readonly { kind: MustKind; label: string }[] = [
  { kind: 'must', label: 'Must contain' },
  { kind: 'must_not', label: 'Must not contain' },
]

const MOST_LINES = 20
const LONGEST_LINE = 500

/** What the server takes for white space: to JavaScript, other signs are. */
const SPACE = '(?!\\ufeff)[\\s\\x1c-\\x1f\\x85]'
const SPACES = new RegExp(`(?:${SPACE})+`, 'g')
const EDGES = new RegExp(`^(?:${SPACE})+|(?:${SPACE})+$`, 'g')
/** Line ends beside \n: a line that holds one is refused. */
const BREAKS = /[\v\f\r\x1c-\x1e\x85\u2028\u2029]/g

/** A text as lines are looked for in it: case and runs of white space do not count. Repeats the server's rule. */
export function folded(text: string): string {
  const parts = text.normalize('NFC').replace(SPACES, ' ').split('ı')
  return parts.map(caseless).join('ı').normalize('NFC')
}

/** Unicode's full case folding, of a text without dotless i, which stays apart from i. */
function caseless(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}

/** A row as the line that it stands for; empty if there is nothing to see in it. */
export function asLine(row: string): string {
  return isBlank(row) ? '' : row.replace(BREAKS, ' ').replace(EDGES, '')
}

/** The lines as they are kept: none is blank, none stands twice. */
export function asLines(written: string): string[] {
  const lines = written.split('\n').map(asLine).filter(Boolean)
  const sought = lines.map(folded)
  return lines.filter((line, index) => sought.indexOf(folded(line)) === index)
}

/** Why the lines can't be sent; null if they can. */
export function mustProblem({ must, must_not }: MustLines): string | null {
  const others = must_not.map(folded)
  const both = must.find((line) => others.includes(folded(line)))
  if (both !== undefined) return `“${both}” stands in both: an answer cannot contain it and not contain it.`
  if (must.length > MOST_LINES || must_not.length > MOST_LINES) return `Each has at most ${MOST_LINES} lines.`
  const long = [...must, ...must_not].find((line) => [...line].length > LONGEST_LINE)
  return long === undefined
    ? null
    : `A line has at most ${LONGEST_LINE} characters; this one has more: “${long.slice(0, 40)}…”`
}
