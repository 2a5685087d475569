export interface PatternReport {
  matched: number
  required: number
  missing: string[]
}

const PATTERNS =
  /^(?:\w+:\s*)?(\d+)\s*\/\s*(\d+) required patterns? matched(?:[;,.]\s*missing:\s*(\[.*\]))?\s*\.?$/s

/** "pattern_match: 1/3 required patterns matched; missing: [...]" taken apart; null for any other sentence. */
export function readPatternReport(reason: string): PatternReport | null {
  const match = PATTERNS.exec(reason.trim())
  if (!match) return null
  return { matched: Number(match[1]), required: Number(match[2]), missing: readList(match[3] ?? '[]') }
}

/** A JSON list, or a list as Python prints it. */
function readList(source: string): string[] {
  try {
    const parsed: unknown = JSON.parse(source)
    if (Array.isArray(parsed)) return parsed.map(String)
  } catch {
    // Python's quotes are read below.
  }
  const items = [...source.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/gs)]
  if (items.length) return items.map((item) => (item[1] ?? item[2] ?? '').replace(/\\(['"\\])/g, '$1'))
  const bare = source.slice(1, -1).trim()
  return bare ? bare.split(/,\s*/) : []
}
