import { afterEach, beforeAll, expect, it } from 'vitest'

let typeset: typeof import('./typesetting').typeset
const MATHML = 'http://www.w3.org/1998/Math/MathML'

function typesetOne(source: string): HTMLElement {
  const element = document.createElement('code')
  element.dataset['math'] = 'inline'
  element.textContent = source
  document.body.replaceChildren(element)
  typeset([element])
  return document.body.firstElementChild as HTMLElement
}

// The test's document has no doctype, but the typesetter requires one.
beforeAll(async () => {
  Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat', configurable: true })
  ;({ typeset } = await import('./typesetting'))
})
afterEach(() => document.body.replaceChildren())

// Display formulas are tested in a browser, because happy-dom's MathML has no styles.
it.each(['\\(e^{i\\pi}+1=0\\)', '$a_1 * b_1$'])('sets %j', (source) => {
  const formula = typesetOne(source)
  expect(formula.querySelector('math')?.namespaceURI).toBe(MATHML)
  expect(formula.dataset['source']).toBe(source)
})

it.each(['\\(\\frac{1\\)', '\\(\\undefined\\)', '\\(\\href{javascript:alert(1)}{x}\\)'])(
  'leaves %j as it was written',
  (source) => {
    const left = typesetOne(source)
    expect(left.tagName).toBe('CODE')
    expect(left.textContent).toBe(source)
  },
)

it('never links or fetches', () => {
  const hostile = [
    '\\includegraphics{http://127.0.0.1/x.png}',
    '\\url{http://127.0.0.1/}',
    '\\href{http://127.0.0.1/}{x}',
  ]
  for (const formula of hostile) {
    const shown = typesetOne(`\\(${formula}\\)`)
    expect(shown.querySelector('[href], [src], img, a')).toBeNull()
  }
})

it('leaves a very long formula as it was written', () => {
  expect(typesetOne(`\\(${'x'.repeat(5000)}\\)`).tagName).toBe('CODE')
})
