/** Rows of cells, the first of which names the columns. */
export type Cells = readonly (readonly (string | number | null)[])[]

/** A text that a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/
const SVG = 'http://www.w3.org/2000/svg'
const LOOKS = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stop-color',
  'stop-opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
] as const
const MARGIN = 12

/** CSV as RFC 4180 has it. A text that begins like a formula gets a quote in front, as in the exports. */
export function csv(rows: Cells): string {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(cell: string | number | null): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Let the browser save a text under this name. */
export function save(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name.replaceAll(/[^\w.-]+/g, '-')
  document.body.append(link)
  link.click()
  link.remove()
  URL.revokeObjectURL(url)
}

/**
 * One SVG of all drawings in `element` and the texts around them, at their places and in the colours of the moment,
 * so that it needs no style sheet.
 */
export function drawingOf(element: HTMLElement): string {
  const frame = element.getBoundingClientRect()
  const [width, height] = [Math.ceil(frame.width) + 2 * MARGIN, Math.ceil(frame.height) + 2 * MARGIN]
  const whole = made('svg', { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height })
  const ground = getComputedStyle(element.closest('.pane') ?? document.body).backgroundColor
  whole.append(made('rect', { width, height, fill: plainColour(ground) }))
  const left = MARGIN - frame.left
  const top = MARGIN - frame.top
  for (const drawing of element.querySelectorAll('svg')) {
    const { x, y, width: wide, height: high } = drawing.getBoundingClientRect()
    if (!wide || !high) continue
    const copy = withLooks(drawing)
    for (const [name, value] of Object.entries({ x: x + left, y: y + top, width: wide, height: high }))
      copy.setAttribute(name, String(value))
    whole.append(copy)
  }
  for (const { text, x, baseline, style } of writtenIn(element)) {
    const place = { x: x + left, y: baseline + top, fill: plainColour(style.color) }
    const font = {
      'font-family': style.fontFamily,
      'font-size': style.fontSize,
      'font-weight': style.fontWeight,
    }
    const written = made('text', { ...place, ...font })
    written.textContent = text
    whole.append(written)
  }
  return new XMLSerializer().serializeToString(whole)
}

function made(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

/** A copy that says itself what the style sheet says of the original. */
function withLooks(drawing: SVGElement): SVGElement {
  const copy = drawing.cloneNode(true) as SVGElement
  const copies = [copy, ...copy.querySelectorAll('*')]
  for (const [index, original] of [drawing, ...drawing.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(original)
    const twin = copies[index]
    for (const name of LOOKS) {
      const value = style.getPropertyValue(name)
      if (!value || value.startsWith('url(')) continue
      twin?.setAttribute(name, /^(fill|stroke|stop-color)$/.test(name) ? plainColour(value) : value)
    }
    twin?.removeAttribute('class')
  }
  return copy
}

/** A colour as every program knows it; browsers write mixed colours in a way that only they read. */
function plainColour(colour: string): string {
  if (!colour.startsWith('color')) return colour
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const pen = canvas.getContext('2d')
  if (!pen) return colour
  pen.fillStyle = colour
  pen.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha = 255] = pen.getImageData(0, 0, 1, 1).data
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`
}

interface Written {
  text: string
  x: number
  baseline: number
  style: CSSStyleDeclaration
}

/** The visible texts outside of drawings, line by line. */
function writtenIn(element: HTMLElement): Written[] {
  const found: Written[] = []
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    const parent = node.parentElement
    if (!parent || !node.textContent?.trim() || parent.closest('svg, .sr-only, button')) continue
    const style = getComputedStyle(parent)
    for (const line of linesOf(node)) {
      // the baseline of most fonts: about a fifth of the letters' size above the bottom of their box
      const size = parseFloat(style.fontSize)
      found.push({ ...line, baseline: (line.top + line.bottom) / 2 + size * 0.34, style })
    }
  }
  return found
}

function linesOf(node: Node): { text: string; x: number; top: number; bottom: number }[] {
  const lines: { text: string; x: number; top: number; bottom: number }[] = []
  const range = document.createRange()
  for (const { 0: word, index } of (node.textContent ?? '').matchAll(/\S+\s*/g)) {
    range.setStart(node, index)
    range.setEnd(node, index + word.trimEnd().length)
    const box = range.getBoundingClientRect()
    if (!box.width) continue
    const last = lines.at(-1)
    const text = word.replaceAll(/\s+/g, ' ')
    if (last && Math.abs(last.top - box.top) < 2) last.text += text
    else lines.push({ text, x: box.left, top: box.top, bottom: box.bottom })
  }
  return lines
}
