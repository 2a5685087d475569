const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
/** What looks meant as JSON: an answer may well begin with a bracket that is none of it. */
const LOOKS_LIKE_JSON = /^\s*(?:\{\s*["'}]|\[\s*(?:[[{"]|-?\d+(?:\.\d+)?\s*,|(?:-?\d+)?\s*\]\s*$))/

export type JsonReading = { valid: true; text: string } | { valid: false; why: string }

/** Null for what is not meant as JSON. */
export function readJson(text: string): JsonReading | null {
  if (!LOOKS_LIKE_JSON.test(text)) return null
  try {
    JSON.parse(text)
    return { valid: true, text: setOut(text) }
  } catch (cause) {
    return { valid: false, why: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Valid JSON in lines, every number, escape and doubled key as it was written: 114.00 stays 114.00. */
export function setOut(json: string): string {
  let depth = 0
  let out = ''
  let before = ''
  for (const [token] of json.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']'
    if (closes) depth -= 1
    const opened = before === '{' || before === '['
    if (before === ',' || (opened && !closes) || (closes && !opened)) out += `\n${'  '.repeat(depth)}`
    out += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth += 1
    before = token
  }
  return out
}
