import './invisibleMarks.css'
import { DIRECTION_CONTROL, findInvisibles, hasActing } from './invisibles'

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
    parts.push(text.slice(done, from), sign(text.slice(from, to), shown.symbol, shown.name))
    done = to
  }
  return [...parts, text.slice(done)]
}

function sign(characters: string, symbol: string, name: string): HTMLElement {
  const element = document.createElement('span')
  element.className = 'invisible-mark'
  element.textContent = DIRECTION_CONTROL.test(characters) ? '' : characters
  element.title = name
  element.role = 'img'
  element.ariaLabel = name
  element.dataset['symbol'] = symbol
  return element
}
