import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { until } from '@/testing/until'
import PrettyText from './PrettyText.vue'
import type { TextMark } from './textPieces'

// Under happy-dom (in no browser) DOMPurify loses the first element of what it cleans, so none of these texts begins
// with the part under test.
function show(text: string, marks: readonly TextMark[] = []) {
  return mount(PrettyText, { props: { text, marks }, attachTo: document.body })
}

function markOf(text: string, wanted: string, number: number, kind: TextMark['kind'] = 'near'): TextMark {
  const from = text.indexOf(wanted)
  return { from, to: from + wanted.length, kind, number, says: `Pattern ${number}` }
}

it('renders Markdown and fetches nothing for it', () => {
  const html = show(
    '# Head\n\n**bold** ![cat](http://a.example/x.png) [here](http://b.example) <img src=http://c.example>',
  )
  expect(html.find('strong').text()).toBe('bold')
  for (const tag of ['img', 'a', 'h1', 'script', 'iframe']) expect(html.find(tag).exists()).toBe(false)
  expect(html.text()).toContain('[image: cat]')
  expect(html.text()).toContain('http://b.example')
  expect(html.findAll('[src], [href], [style]')).toEqual([])
})

it('gives every paragraph its own direction', () => {
  expect(show('first\n\nاسم\n\nname').findAll('p[dir=auto]')).toHaveLength(2)
})

it('lays JSON out in lines and says that it is valid', () => {
  const html = show('{"a":[1.50]}')
  expect(html.get('[data-testid=rendered]').text()).toBe('{\n  "a": [\n    1.50\n  ]\n}')
  expect(html.get('[data-testid=json-note]').text()).toContain('Valid JSON')
})

it('shows broken JSON as it is and says what is wrong with it', () => {
  const html = show('{"a": 1,, }')
  expect(html.get('pre').text()).toBe('{"a": 1,, }')
  expect(html.get('[data-testid=json-note]').text()).toContain('Not valid JSON: ')
})

it('colours code in a language it knows, and changes no character of it', async () => {
  const code = 'def f(x):\n    return "<b>" # &\n'
  const html = show(`Here:\n\n\`\`\`python\n${code}\`\`\`\n\n\`\`\`klingon\nqapla\n\`\`\``)
  await until(() => html.find('.hljs-keyword').exists())
  const [python, klingon] = html.findAll('pre')
  expect(python!.get('.hljs-keyword').text()).toBe('return')
  expect(python!.element.textContent).toBe(code)
  expect(python!.attributes('data-language')).toBe('python')
  expect(klingon!.html()).not.toContain('hljs')
})

it('says whether fenced JSON is valid', () => {
  const html = show('Two:\n\n```json\n{"a": 1}\n```\n\n```json\n{"a": }\n```')
  const labels = html.findAll('pre').map((pre) => pre.attributes('data-language'))
  expect(labels).toEqual(['json, valid', 'json, not valid'])
})

it('shows what would act on the page or a terminal, in prose and in code, and loses none of it', async () => {
  const html = show('One \u202etwo **\u001b[31mred**\n\n```python\nif a:\u2067\n    pass\n```')
  const signs = html.findAll('.invisible-mark')
  expect(signs.map((sign) => sign.attributes('data-symbol'))).toEqual(['RLO', 'ESC[31m', 'RLI'])
  expect(html.text()).not.toMatch(/[\u202e\u2067]/)
  expect(html.get('strong').text()).toContain('red')
})

it('marks what the patterns found, across emphasis, in code once it is coloured, and nowhere else', async () => {
  const code = 'def total(x):\n    return x\n'
  const text = `One\n\nThe **total** is *14* of 7 [here](http://a.example/14) &amp; so\n\n\`\`\`python\n${code}\`\`\`\n\n| a | b |\n|---|---|\n| x | y |`
  const marks = [
    markOf(text, 'The **total** is', 1),
    markOf(text, 'def total', 2, 'forbidden'),
    markOf(text, '&amp; so', 3),
    markOf(text, 'x | y', 4),
  ]
  const html = show(text, marks)
  await until(() => html.find('.hljs-keyword').exists() && html.find('pre mark').exists())
  const marked = html.findAll('mark').map((mark) => [mark.text(), mark.attributes('data-number') ?? ''])
  expect(marked).toEqual([
    ['The', ''],
    ['total', ''],
    ['is', '1'],
    ['def', ''],
    ['total', '2'],
    ['x', ''],
    ['y', '4'],
  ])
  expect(html.get('pre').element.textContent).toBe(code)
  await html.setProps({ marks: [markOf(text, '7', 1)] })
  expect(html.findAll('mark').map((mark) => mark.text())).toEqual(['7'])
  expect(html.text()).toContain('The total is 14 of 7')
})

it('marks JSON that is laid out anew, and a hostile mark is only text', () => {
  const text = '{"a":"<img src=x>","b":[1,2]}'
  const says = '"><script>1</script>'
  const html = show(text, [{ ...markOf(text, '<img src=x>"', 1), says }, markOf(text, '[1,2]', 2)])
  expect(html.findAll('mark').map((mark) => mark.text())).toEqual(['<img src=x>"', '[\n    1,\n    2\n  ]'])
  expect(html.get('mark').attributes('title')).toBe(says)
  expect([html.find('script').exists(), html.find('img').exists()]).toEqual([false, false])
})
