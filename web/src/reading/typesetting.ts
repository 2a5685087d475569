// A chunk of its own, loaded only for an answer with formulas.
import temml from 'temml'
import 'temml/dist/Temml-Local.css'

const MATHML = 'http://www.w3.org/1998/Math/MathML'
/** Beyond these limits formulas stay as they were written, because setting them is not worth the wait. */
const LONGEST = 4000
const MOST = 500

/** Replace each element by its formula; one that cannot be parsed stays as it was written. */
export function typeset(elements: readonly HTMLElement[]): void {
  for (const element of elements.slice(0, MOST)) {
    const source = element.textContent ?? ''
    if (source.length > LONGEST) continue
    const formula = set(source, element.dataset['math'] === 'block')
    if (!formula) continue
    formula.dataset['source'] = source
    element.replaceWith(formula)
  }
}

function set(source: string, displayMode: boolean): HTMLElement | null {
  const host = document.createElement(displayMode ? 'div' : 'span')
  host.className = displayMode ? 'math math-block' : 'math'
  const width = source.startsWith('$') && !source.startsWith('$$') ? 1 : 2
  try {
    temml.render(source.slice(width, -width), host, { displayMode, throwOnError: true, trust: false })
  } catch {
    return null
  }
  return isHarmless(host) ? host : null
}

/** Whether a formula only draws: no links, no sources, no handlers. */
function isHarmless(host: HTMLElement): boolean {
  return [...host.querySelectorAll('*')].every(
    (node) =>
      node.namespaceURI === MATHML && !node.getAttributeNames().some((name) => /^on|href|src/i.test(name)),
  )
}
