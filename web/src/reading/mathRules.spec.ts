import MarkdownIt from 'markdown-it'
import { expect, it } from 'vitest'
import { mathRules } from './mathRules'

const markdown = new MarkdownIt().use(mathRules)

function formulas(text: string): string[] {
  const tokens = markdown.parse(text, {}).flatMap((token) => [token, ...(token.children ?? [])])
  return tokens.filter(({ type }) => type === 'math').map(({ content, block }) => `${block} ${content}`)
}

it.each([
  [
    'We get \\[ x = \\frac{-b}{2a} \\] and \\(e^{i\\pi}+1=0\\).',
    ['true \\[ x = \\frac{-b}{2a} \\]', 'false \\(e^{i\\pi}+1=0\\)'],
  ],
  ['so $a_1 * b_1$ and $x$', ['false $a_1 * b_1$', 'false $x$']],
  ['$$\nx\n= 3\n- 4\n\n# 5\n$$', ['true $$\nx\n= 3\n- 4\n\n# 5\n$$']],
  ['text\n\\[\n- b\n\\]\nmore', ['true \\[\n- b\n\\]']],
  ['- an item: $x^2$', ['false $x^2$']],
])('finds the formulas of %j', (text, expected) => {
  expect(formulas(text)).toEqual(expected)
})

it.each([
  '**$5**',
  '$5 and $6',
  '$5-$6',
  'from 5$ to 6$',
  '$ x $',
  '$5, or 5$',
  '`$x$`',
  '\\[ x',
  '$$\nx',
  '$$$$',
])('%j holds no formula', (text) => {
  expect(formulas(text)).toEqual([])
})

it.each(['a \\[ b', 'a \\( b', 'a \\) b', 'a \\] b'])('never removes the delimiter of %j', (text) => {
  expect(markdown.render(text)).toBe(`<p>${text}</p>\n`)
})

it('keeps what Markdown escapes', () => {
  expect(markdown.render('\\*a\\*')).toBe('<p>*a*</p>\n')
})

it('stays fast with many opening delimiters and no end', () => {
  expect(formulas('\\( $$ \\[ '.repeat(2000))).toHaveLength(1000)
  expect(formulas('\\( '.repeat(20_000))).toEqual([])
})
