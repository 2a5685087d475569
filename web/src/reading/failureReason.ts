/** What a rule-based check said: how much matched, and everything it found wanting. */
export interface PatternReport {
  /** Null where the reason names no patterns, only another rule. */
  patterns: { matched: number; required: number } | null
  missing: string[]
  forbidden: string[]
  length: { words: number; atMost: number } | null
  /** What a check of the value itself said, as it said it; it comes last. */
  value: string | null
}

const HEAD = /^(?:\w+:\s*)?(\d+)\s*\/\s*(\d+) required patterns? matched/i
const LISTS = /^(missing|forbidden)(?: patterns?)?(?: found)?:\s*(?=\[)/i
const LENGTH = /^(\d+) words?, at most (\d+)/i
const VALUE = /^(?:json_schema|number): .+/s
/** What is longer is shown as it is, folded. */
const LONGEST_REASON = 20_000
const BETWEEN = /^\s*(?:[;,.]\s*|$)/

/**
 * "pattern_match: 1/3 required patterns matched; missing: [...]; forbidden: [...]; 23 words, at most 15" taken apart, in
 * any order; null for a sentence of which any part is not understood: it is then shown as it is.
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

/** How many characters of the text were understood and went into the report; 0 for none. */
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

/** Brackets inside quotes do not count. A bare list has no quotes and ends at the first bracket. */
function endOfList(text: string, from: number): number {
  const quoted = /^\[\s*["']/.test(text.slice(from))
  if (!quoted) return text.indexOf(']', from) + 1
  const list = /\[(?:[^"'\]]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')*\]/sy
  list.lastIndex = from
  const match = list.exec(text)
  return match ? from + match[0].length : 0
}

/** A JSON list, or a list as Python prints it. */
function readList(source: string): string[] {
  try {
    const parsed: unknown = JSON.parse(source)
    // A number would not be what stands there any more: it is read as a bare word.
    if (Array.isArray(parsed) && parsed.every((one) => typeof one === 'string')) return parsed
  } catch {
    // Python's quotes are read below.
  }
  const items = [...source.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)]
  if (items.length) return items.map((item) => (item[1] ?? item[2] ?? '').replace(/\\(['"\\])/g, '$1'))
  const bare = source.slice(1, -1).trim()
  return bare ? bare.split(/,\s*/) : []
}
