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

/** A text as lines are looked for in it: case and runs of white space do not count. */
export function even(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ')
}

/** The lines as they are kept: none is blank, none stands twice. */
export function asLines(written: string): string[] {
  const lines = written.split('\n').map((line) => line.trim())
  return lines.filter(
    (line, index) => line && lines.findIndex((other) => even(other) === even(line)) === index,
  )
}

/** Why the lines can't be sent; null if they can. */
export function mustProblem({ must, must_not }: MustLines): string | null {
  const both = must.find((line) => must_not.some((other) => even(other) === even(line)))
  if (both !== undefined) return `“${both}” stands in both: an answer cannot contain it and not contain it.`
  if (must.length > MOST_LINES || must_not.length > MOST_LINES) return `Each has at most ${MOST_LINES} lines.`
  const long = [...must, ...must_not].find((line) => [...line].length > LONGEST_LINE)
  return long === undefined
    ? null
    : `A line has at most ${LONGEST_LINE} characters; this one has more: “${long.slice(0, 40)}…”`
}
