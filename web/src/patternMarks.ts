import type { PatternReport } from './failureReason'
import type { TextMark } from './textPieces'

/** One pattern of the failure reason that could be found in the response, and how. */
export interface MarkedPattern {
  pattern: string
  kind: 'near' | 'forbidden'
  number: number
  /** How the text and the pattern agree, or why they nearly do. */
  how: string
  times: number
}

export interface PatternMarks {
  marks: TextMark[]
  legend: MarkedPattern[]
}

/** A regular expression cannot be stopped once it runs: how long it may take is a matter of what it gets to read. */
const LONGEST_TEXT = 20_000
const LONGEST_PATTERN = 400
/** By how many of its parts repeat without end: each can multiply the work by the length of the text. */
const TEXT_FOR_REPEATS = [LONGEST_TEXT, LONGEST_TEXT, 4000, 800, 300]
const MOST_MARKS = 30

type Range = [from: number, to: number]

/**
 * Where the forbidden patterns are, and where the missing ones nearly are: the answer that is there but not alone, or
 * written another way, is what tells a scoring artifact from a wrong answer.
 */
export function markPatterns(response: string, report: PatternReport | null): PatternMarks {
  const marks: TextMark[] = []
  const legend: MarkedPattern[] = []
  if (!report || !response || response.length > LONGEST_TEXT) return { marks, legend }

  function add(pattern: string, kind: MarkedPattern['kind'], how: string, found: Range[]): void {
    const number = legend.length + 1
    legend.push({ pattern, kind, number, how, times: found.length })
    const says = kind === 'forbidden' ? `Forbidden, ${number}` : `Nearly a missing pattern, ${number}`
    for (const [from, to] of found) marks.push({ from, to, kind, says, number })
  }

  for (const pattern of report.missing) {
    const near = nearly(response, pattern)
    if (near) add(pattern, 'near', near.how, near.found)
  }
  for (const pattern of report.forbidden) {
    const found = search(response, pattern) ?? searchLiterally(response, pattern)
    if (found.length) add(pattern, 'forbidden', 'found', found)
  }
  return { marks, legend }
}

function nearly(text: string, pattern: string): { how: string; found: Range[] } | null {
  const words = literalWords(pattern)
  for (const attempt of [
    { how: 'there, but for capitals', found: () => search(text, pattern) ?? searchLiterally(text, pattern) },
    {
      how: 'there, but not alone',
      found: () => (words.length ? wholeWords(text, search(text, withoutAnchors(pattern))) : []),
    },
    { how: 'there, but for signs and spaces', found: () => searchLoosely(text, pattern) },
    { how: 'only a part is there', found: () => searchWord(text, words) },
  ]) {
    const found = attempt.found() ?? []
    if (found.length) return { how: attempt.how, found }
  }
  return null
}

/** Null when the pattern cannot be used: not a regular expression here, or one that might take for ever. */
function search(text: string, pattern: string): Range[] | null {
  const expression = compile(pattern)
  if (!expression) return null
  const repeats = (pattern.replace(/\\./g, '').match(/[*+]|\{\d*,\}/g) ?? []).length
  const limit = TEXT_FOR_REPEATS[Math.min(repeats, TEXT_FOR_REPEATS.length - 1)] ?? 0
  if (text.length > limit) return null
  return ranges(text, expression)
}

function ranges(text: string, expression: RegExp): Range[] {
  const found: Range[] = []
  for (const match of text.matchAll(expression)) {
    if (match[0]) found.push([match.index, match.index + match[0].length])
    if (found.length === MOST_MARKS) break
  }
  return found
}

const WORD = /[\p{L}\p{N}]/u

/** Looked at afterwards: the same in the expression costs each card a millisecond to compile. */
function wholeWords(text: string, found: Range[] | null): Range[] {
  const isWord = (at: number): boolean => WORD.test(text.charAt(at))
  return (found ?? []).filter(
    ([from, to]) => !(isWord(from - 1) && isWord(from)) && !(isWord(to - 1) && isWord(to)),
  )
}

/** Python's way to write it in JavaScript's; checks usually ignore case, so this does too. */
function compile(pattern: string): RegExp | null {
  // A repeated group with a repetition inside can take exponential time.
  if (pattern.length > LONGEST_PATTERN || /[*+}][^()]*\)+\??[*+{]/.test(pattern.replace(/\\./g, '__')))
    return null
  const inline = /^\(\?([aimsux]+)\)/.exec(pattern)
  const source = pattern
    .slice(inline?.[0].length ?? 0)
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?-?i:/g, '(?:')
    .replaceAll(String.raw`\A`, '^')
    .replaceAll(/\\[zZ]/g, '$')
  const lines = [...(inline?.[1] ?? '')].filter((flag) => flag === 'm' || flag === 's').join('')
  for (const flags of ['giu', 'gi'])
    try {
      return new RegExp(source, flags + lines)
    } catch {
      // Stricter with u: the second try is more forgiving.
    }
  return null
}

/** The pattern wherever it stands, not only where it wanted to. */
function withoutAnchors(pattern: string): string {
  const bare = pattern
    .replace(/^(?:\(\?\w+\))?(?:\^|\\A|\\b|\\W\*)*/, '')
    .replace(/(?:(?<!\\)\$|\\[zZb]|\\W\*)*$/, '')
  return bare.replace(/(?<!\\)\$\|\^?/g, '|')
}

function searchLiterally(text: string, pattern: string): Range[] {
  const expression = new RegExp(escape(pattern.slice(0, LONGEST_PATTERN)), 'gi')
  return pattern.trim() ? ranges(text, expression) : []
}

/** "2024-02-29" in "2024 / 02 / 29": for patterns that are words and signs only. */
function searchLoosely(text: string, pattern: string): Range[] {
  const plain = pattern
    .replace(/^\^|\$$|\\b/g, '')
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/\\s[*+]/g, ' ')
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.length < 2 || /[\\()[\]{}|*+?]/.test(pattern.replace(/\\[^\w\s]|\\s[*+]|\\b/g, ''))) return []
  const between = String.raw`[^\p{L}\p{N}]{0,5}`
  return wholeWords(text, ranges(text, new RegExp(words.join(between), 'giu')))
}

function searchWord(text: string, words: readonly string[]): Range[] {
  const longest = [...words].sort((a, b) => b.length - a.length).find((word) => /\p{L}{4}/u.test(word))
  if (!longest) return []
  return wholeWords(text, ranges(text, new RegExp(longest, 'giu')))
}

/** The words that stand in the pattern as themselves. */
function literalWords(pattern: string): string[] {
  const literal = pattern
    .replace(/\\[a-zA-Z]/g, ' ')
    .replace(/\[(?:[^\]\\]|\\.)*\]/g, ' ')
    .replace(/\(\?[\w-]*[:)=!<]?/g, ' ')
    .replace(/\{[\d,]*\}/g, ' ')
  return literal.match(/[\p{L}\p{N}]+/gu) ?? []
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}
