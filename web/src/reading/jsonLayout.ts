const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
/** Whether a text is probably meant as JSON: an answer in prose may begin with a bracket too. */
const LOOKS_LIKE_JSON = /^\s*(?:\{\s*["'}]|\[\s*(?:[[{"]|-?\d+(?:\.\d+)?\s*,|(?:-?\d+)?\s*\]\s*$))/

export type JsonReading = { valid: true; text: string } | { valid: false; why: string }

/** Parse a text as JSON; null if it is not meant as JSON. */
export function readJson(text: string): JsonReading | null {
  if (!LOOKS_LIKE_JSON.test(text)) return null
  try {
    JSON.parse(text)
    return { valid: true, text: setOut(text) }
  } catch (cause) {
    return { valid: false, why: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Lay valid JSON out in lines, keeping every number, escape and repeated key as written: 114.00 stays 114.00. */
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
