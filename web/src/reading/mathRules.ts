import type MarkdownIt from 'markdown-it'
import type { StateBlock, StateInline } from 'markdown-it'

/** The delimiters that begin and end a formula, and whether it stands on lines of its own. */
const DELIMITERS = [
  ['\\(', '\\)', false],
  ['\\[', '\\]', true],
  ['$$', '$$', true],
  ['$', '$', false],
] as const
const UNPAIRED = /^\\[()[\]]/
/** One word, or text with a sign that prose does not contain: `$5 and 6$` are prices. */
const FORMULA = /^\S+$|[\\^_=+\-*/<>{}]/
const LONGEST_LINES = 200
/** A limit, so that many opening delimiters without an end do not each search the whole text. */
const LONGEST_INLINE = 1000

/**
 * Keep formulas as written, delimiters included: each becomes a `code[data-math]` with the value `block` or `inline`.
 */
export function mathRules(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.inline.ruler.before('escape', 'math', inlineMath)
  markdown.block.ruler.before('list', 'math_block', blockMath, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  })
  const { escapeHtml } = markdown.utils
  markdown.renderer.rules['math'] = (tokens, at) => {
    const token = tokens[at]
    return `<code data-math="${token?.block ? 'block' : 'inline'}">${escapeHtml(token?.content ?? '')}</code>`
  }
}

function inlineMath(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  for (const [open, close, block] of DELIMITERS) {
    if (!src.startsWith(open, pos)) continue
    const end = closing(src, pos + open.length, posMax, close)
    if (end < 0) continue
    if (!silent) add(state, src.slice(pos, end), block)
    state.pos = end
    return true
  }
  // Markdown would remove the backslash.
  if (!UNPAIRED.test(src.slice(pos, pos + 2))) return false
  if (!silent) state.pending += src.slice(pos, pos + 2)
  state.pos += 2
  return true
}

/** Where a formula ends, its closing delimiter included; -1 if this is not a formula. */
function closing(text: string, from: number, to: number, close: string): number {
  const reach = text.slice(from, Math.min(to, from + LONGEST_INLINE))
  const length = reach.indexOf(close)
  const inside = reach.slice(0, length)
  if (length < 0 || !inside.trim()) return -1
  const at = from + length
  if (close !== '$') return at + close.length
  const isProse = /^\s|\s$|\\$/.test(inside) || /\d/.test(text[at + 1] ?? '') || !FORMULA.test(inside)
  return isProse ? -1 : at + 1
}

/** Parse a formula on lines of its own, in which nothing counts as a list or a heading. */
function blockMath(state: StateBlock, start: number, end: number, silent: boolean): boolean {
  const first = line(state, start)
  const pair = DELIMITERS.find(([open, , block]) => block && first.startsWith(open))
  if (!pair) return false
  const [open, close] = pair
  const last = Math.min(end, start + LONGEST_LINES)
  for (let at = start; at < last; at += 1) {
    const text = at === start ? first.slice(open.length) : line(state, at)
    const found = text.indexOf(close)
    if (found < 0) continue
    if (found + close.length !== text.length) return false
    const source = state.getLines(start, at + 1, state.blkIndent, false).trim()
    if (!source.slice(open.length, -close.length).trim()) return false
    if (silent) return true
    state.line = at + 1
    add(state, source, true)
    return true
  }
  return false
}

function line(state: StateBlock, at: number): string {
  return state.src.slice((state.bMarks[at] ?? 0) + (state.tShift[at] ?? 0), state.eMarks[at]).trim()
}

function add(state: StateBlock | StateInline, source: string, block: boolean): void {
  const token = state.push('math', 'code', 0)
  token.content = source
  token.block = block
}
