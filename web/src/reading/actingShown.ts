import './invisibleMarks.css'
import { DIRECTION_CONTROL, findInvisibles, hasActing, type Invisible } from './invisibles'

/** Show in a rendered text what would act on it: each such character becomes its symbol, as in `LongText`. */
export function showActing(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  while (walker.nextNode()) {
    const node = walker.currentNode as Text
    if (hasActing(node.data)) found.push(node)
  }
  for (const node of found) node.replaceWith(...shown(node.data))
}

function shown(text: string): (string | HTMLElement)[] {
  const parts: (string | HTMLElement)[] = []
  let done = 0
  for (const { from, to, shown } of findInvisibles(text, false)) {
    const sign = signOf(shown)
    const characters = text.slice(from, to)
    sign.textContent = DIRECTION_CONTROL.test(characters) ? '' : characters
    parts.push(text.slice(done, from), sign)
    done = to
  }
  return [...parts, text.slice(done)]
}

/** The symbol of a character as generated content, so that it is no part of the text. */
export function signOf({ symbol, name }: Invisible): HTMLElement {
  const element = document.createElement('span')
  element.className = 'invisible-mark'
  element.title = name
  element.role = 'img'
  element.ariaLabel = name
  element.dataset['symbol'] = symbol
  return element
}
