import { asLine, folded, MUST_KINDS, type MustKind, type MustLines } from './must'

/** Whether a text contains a line, apart from case and runs of white space. */
export function containedIn(text: string): (line: string) => boolean {
  const within = folded(text)
  return (line) => within.includes(folded(line))
}

/** Whether a line is as it should be in a text of which `contains` speaks. */
export function isMet(kind: MustKind, line: string, contains: (line: string) => boolean): boolean {
  return contains(asLine(line)) === (kind === 'must')
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
