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

/** The lines as they are kept: none is blank, none stands twice. */
export function asLines(written: string): string[] {
  return [...new Set(written.split('\n').map((line) => line.trim()))].filter(Boolean)
}

/** Why the lines can't be sent; null if they can. */
export function mustProblem({ must, must_not }: MustLines): string | null {
  const both = must.find((line) => must_not.includes(line))
  if (both !== undefined) return `“${both}” stands in both: an answer cannot contain it and not contain it.`
  if (must.length > MOST_LINES || must_not.length > MOST_LINES) return `Each has at most ${MOST_LINES} lines.`
  const long = [...must, ...must_not].find((line) => [...line].length > LONGEST_LINE)
  return long === undefined
    ? null
    : `A line has at most ${LONGEST_LINE} characters; this one has more: “${long.slice(0, 40)}…”`
}

/** Whether a text contains a line, apart from case and runs of white space. */
export function containedIn(text: string): (line: string) => boolean {
  const within = even(text)
  return (line) => within.includes(even(line))
}

function even(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')
}

/** Whether a line is as it should be in a text of which `contains` speaks. */
export function isMet(kind: MustKind, line: string, contains: (line: string) => boolean): boolean {
  return contains(line.trim()) === (kind === 'must')
}

/** How many of the lines are met, of how many. */
export function countMet(lines: MustLines, contains: (line: string) => boolean): [met: number, all: number] {
  const met = MUST_KINDS.flatMap(({ kind }) => lines[kind].filter((line) => isMet(kind, line, contains)))
  return [met.length, lines.must.length + lines.must_not.length]
}

/** The lines of a decision in words: "Must contain “kg”; must not contain “sure”, “certainly”". */
export function mustWords({ must, must_not }: MustLines): string {
  const quoted = (lines: readonly string[]): string => lines.map((line) => `“${line}”`).join(', ')
  const parts = [
    must.length ? `must contain ${quoted(must)}` : '',
    must_not.length ? `must not contain ${quoted(must_not)}` : '',
  ]
  const words = parts.filter(Boolean).join('; ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
