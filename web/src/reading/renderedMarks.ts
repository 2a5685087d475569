import { markAttributes, ORDER, type TextMark } from './textPieces'

/** What Markdown may add or take away between a text and its rendered form. */
const MARKUP = /[\s*_`~#>|\\]/
/** What is not the text's own: formulas that are set, and the signs of invisible characters. */
const FOREIGN = '.math, [data-math], .invisible-mark'
/** As many characters of markup may stand between two pieces of text: an address, or the lines of a table. */
const MOST_MARKUP = 400

/** A text without markup, and where each of its characters was. */
interface Bare {
  text: string
  places: number[]
}

interface Found {
  node: Text
  /** Of each bare character: its place in the node, and in the source. */
  at: number[]
  source: number[]
}

interface Piece {
  from: number
  to: number
  mark: TextMark
  ends: boolean
}

/**
 * Mark ranges of the source in its rendered form, anew with each call. A mark whose text cannot be found there word for
 * word is left out; no character changes.
 */
export function markRendered(host: HTMLElement, source: string, marks: readonly TextMark[]): void {
  for (const old of host.querySelectorAll('mark[data-mark]')) {
    const parent = old.parentElement
    old.replaceWith(...old.childNodes)
    parent?.normalize()
  }
  if (!marks.length) return
  const found = findNodes(host, source)
  const pieces = new Map<Text, Piece[]>()
  for (const mark of [...marks].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]))
    for (const [node, piece] of piecesOf(mark, found, source))
      pieces.set(node, [...(pieces.get(node) ?? []).flatMap((under) => outside(under, piece)), piece])
  for (const [node, of] of pieces)
    wrap(
      node,
      of.sort((a, b) => a.from - b.from),
    )
}

/** The text nodes that stand in the source, in order. */
function findNodes(host: HTMLElement, source: string): Found[] {
  const bare = without(source)
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT)
  const found: Found[] = []
  let done = 0
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    const own = without(node.data)
    if (!own.text || node.parentElement?.closest(FOREIGN)) continue
    const start = bare.text.indexOf(own.text, done)
    if (start < 0 || start - done > MOST_MARKUP) continue
    done = start + own.text.length
    found.push({ node, at: own.places, source: bare.places.slice(start, done) })
  }
  return found
}

/** The parts of the nodes that a mark covers; none if they are not its text. */
function piecesOf(mark: TextMark, found: readonly Found[], source: string): [Text, Piece][] {
  const pieces: [Text, Piece][] = []
  let text = ''
  for (const { node, at, source: places } of found) {
    const inside = at.filter((_, index) => {
      const place = places[index] ?? -1
      return place >= mark.from && place < mark.to
    })
    const [from, last] = [inside[0], inside.at(-1)]
    if (from === undefined || last === undefined) continue
    pieces.push([node, { from, to: last + 1, mark, ends: false }])
    text += without(node.data.slice(from, last + 1)).text
  }
  const end = pieces.at(-1)?.[1]
  if (end) end.ends = true
  return text === without(source.slice(mark.from, mark.to)).text ? pieces : []
}

/** What another piece that lies over it leaves of a piece. */
function outside(under: Piece, { from, to }: Piece): Piece[] {
  if (to <= under.from || from >= under.to) return [under]
  const parts = [
    { ...under, to: from, ends: false },
    { ...under, from: to },
  ]
  return parts.filter((part) => part.from < part.to)
}

function wrap(node: Text, pieces: readonly Piece[]): void {
  const parts: (string | HTMLElement)[] = []
  let done = 0
  for (const { from, to, mark, ends } of pieces) {
    const element = document.createElement('mark')
    for (const [name, value] of Object.entries(markAttributes(mark, ends)))
      element.setAttribute(name, String(value))
    element.textContent = node.data.slice(from, to)
    parts.push(node.data.slice(done, from), element)
    done = to
  }
  node.replaceWith(...parts, node.data.slice(done))
}

function without(text: string): Bare {
  const places: number[] = []
  let bare = ''
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (MARKUP.test(character)) continue
    bare += character
    places.push(at)
  }
  return { text: bare, places }
}
