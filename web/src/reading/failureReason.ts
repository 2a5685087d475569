/** The outcome of a rule-based check: how many patterns matched, and everything it found wrong. */
export interface PatternReport {
  /** Null if the reason names no patterns, only another rule. */
  patterns: { matched: number; required: number } | null
  missing: string[]
  forbidden: string[]
  length: { words: number; atMost: number } | null
  /** What a check of the value itself said, word for word; it comes last in the reason. */
  value: string | null
}

const HEAD = /^(?:\w+:\s*)?(\d+)\s*\/\s*(\d+) required patterns? matched/i
const LISTS = /^(missing|forbidden)(?: patterns?)?(?: found)?:\s*(?=\[)/i
const LENGTH = /^(\d+) words?, at most (\d+)/i
const VALUE = /^(?:json_schema|number): .+/s
/** A longer reason is shown as it is, folded. */
const LONGEST_REASON = 20_000
const BETWEEN = /^\s*(?:[;,.]\s*|$)/

/**
 * Parse a reason such as "pattern_match: 1/3 required patterns matched; missing: [...]; forbidden: [...]; 23 words,
 * at most 15".
 * The parts may come in any order. Null if any part is not understood; the reason is then shown as it is.
 */
export function readPatternReport(reason: string): PatternReport | null {
  const report: PatternReport = { patterns: null, missing: [], forbidden: [], length: null, value: null }
  let rest = reason.trim()
  if (!rest || reason.length > LONGEST_REASON) return null
  while (rest) {
    const used = readPart(rest, report)
    const gap = used ? BETWEEN.exec(rest.slice(used)) : null
    if (!gap) return null
    rest = rest.slice(used + gap[0].length)
  }
  return report
}

/** Read one part of the reason into the report and return its length in characters; 0 if it is not understood. */
function readPart(text: string, report: PatternReport): number {
  const head = HEAD.exec(text)
  if (head) {
    report.patterns = { matched: Number(head[1]), required: Number(head[2]) }
    return head[0].length
  }
  const length = LENGTH.exec(text)
  if (length) {
    report.length = { words: Number(length[1]), atMost: Number(length[2]) }
    return length[0].length
  }
  const value = VALUE.exec(text)
  if (value) {
    report.value = value[0]
    return text.length
  }
  const list = LISTS.exec(text)
  if (!list) return 0
  const end = endOfList(text, list[0].length)
  if (!end) return 0
  const name = list[1]?.toLowerCase() === 'missing' ? 'missing' : 'forbidden'
  report[name].push(...readList(text.slice(list[0].length, end)))
  return end
}

/** The end of a list: a bracket inside quotes does not count; a list without quotes ends at its first bracket. */
function endOfList(text: string, from: number): number {
  const quoted = /^\[\s*["']/.test(text.slice(from))
  if (!quoted) return text.indexOf(']', from) + 1
  const list = /\[(?:[^"'\]]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\]/sy
  list.lastIndex = from
  const match = list.exec(text)
  return match ? from + match[0].length : 0
}

/** Parse a list written as JSON or as Python prints it. */
function readList(source: string): string[] {
  try {
    const parsed: unknown = JSON.parse(source)
    // Parsing could change how a number is written, so a list with numbers is read as bare words below.
    if (Array.isArray(parsed) && parsed.every((one) => typeof one === 'string')) return parsed
  } catch {
    // Python's quotes are read below.
  }
  const items = [...source.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)]
  if (items.length) return items.map((item) => (item[1] ?? item[2] ?? '').replace(/\\(['"\\])/g, '$1'))
  const bare = source.slice(1, -1).trim()
  return bare ? bare.split(/,\s*/) : []
}
