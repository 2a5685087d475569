// A chunk of its own: only an answer with formulas brings it in.
import temml from 'temml'
import 'temml/dist/Temml-Local.css'

const MATHML = 'http://www.w3.org/1998/Math/MathML'
/** Longer formulas, and more of them, stay as they were written: setting them is not worth a wait. */
const LONGEST = 4000
const MOST = 500

/** Puts the formula into each element's place; one that cannot be read stays as it was written. */
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

/** A model's formula may draw and nothing else: no link, no source, no handler. */
function isHarmless(host: HTMLElement): boolean {
  return [...host.querySelectorAll('*')].every(
    (node) =>
      node.namespaceURI === MATHML && !node.getAttributeNames().some((name) => /^on|href|src/i.test(name)),
  )
}
