import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import { showActing } from './actingShown'
import { hasActing } from './invisibles'
import { alignCells } from './alignCells'
import { readJson } from './jsonLayout'
import { mathRules } from './mathRules'

/**
 * Model output must not fetch or link: an image becomes its alt text, a link shows its target as text. Its lines stay
 * lines, because the choices of a question or the steps of a sum are often no list.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true }).use(mathRules).use(alignCells)
const { escapeHtml } = markdown.utils
markdown.renderer.rules['image'] = (tokens, at) => escapeHtml(`[image: ${tokens[at]?.content ?? ''}]`)
markdown.renderer.rules['link_open'] = (tokens, at) => {
  const href = String(tokens[at]?.attrGet('href') ?? '')
  return `<u>${escapeHtml(href)}</u> `
}
markdown.renderer.rules['link_close'] = () => ''
// The page has its own h1 and h2, so headings in a text are lowered.
markdown.core.ruler.push('lower-headings', (state) => {
  for (const token of state.tokens) if (/^h[1-6]$/.test(token.tag)) token.tag = 'h4'
})

const TAGS = 'p h4 ul ol li pre code em strong s u blockquote table thead tbody tr th td hr br'.split(' ')
const WITH_DIRECTION = 'p, li, h4, th, td, blockquote'
/** Longer code stays without colours, which are not worth the wait. */
const LONGEST_CODE = 50_000

/** The rendered form of the text that will probably be shown next. */
let ahead: { text: string; fragment: DocumentFragment } | null = null

export function renderAhead(text: string): void {
  if (ahead?.text !== text) ahead = { text, fragment: render(text) }
}

export function renderMarkdown(text: string): DocumentFragment {
  if (ahead?.text !== text) return render(text)
  const { fragment } = ahead
  // Its nodes move into the page, so a second caller must render the text again.
  ahead = null
  return fragment
}

function render(text: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(markdown.render(text), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ['align', 'data-math'],
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  })
  for (const block of fragment.querySelectorAll(WITH_DIRECTION)) block.setAttribute('dir', 'auto')
  const fences = markdown.parse(text, {}).filter(({ type }) => type === 'fence' || type === 'code_block')
  fragment.querySelectorAll('pre').forEach((pre, at) => {
    const language = fences[at]?.info.trim().split(/\s+/)[0]?.toLowerCase()
    pre.dir = 'ltr'
    if (language) pre.dataset['language'] = labelled(language, pre.textContent ?? '')
    if (language) void colour(pre.querySelector('code') ?? pre, language)
  })
  const formulas = [...fragment.querySelectorAll<HTMLElement>('code[data-math]')]
  if (formulas.length) void typesetAll(formulas)
  showActing(fragment)
  return fragment
}

async function typesetAll(formulas: HTMLElement[]): Promise<void> {
  try {
    const { typeset } = await import('./typesetting')
    typeset(formulas)
  } catch {
    // Without the typesetter the formulas stay as they were written.
  }
}

function labelled(language: string, code: string): string {
  const json = language === 'json' ? readJson(code) : null
  if (!json) return language
  return json.valid ? 'json, valid' : 'json, not valid'
}

/** Highlight the element's own text once the highlighter is loaded; the text itself never changes. */
export async function colour(element: HTMLElement, language: string): Promise<void> {
  const code = element.textContent ?? ''
  if (code.length > LONGEST_CODE || hasActing(code)) return
  try {
    const { highlight } = await import('./highlighting')
    const html = highlight(code, language)
    if (html === null || element.textContent !== code) return
    const clean = DOMPurify.sanitize(html, {
      ALLOWED_TAGS: ['span'],
      ALLOWED_ATTR: ['class'],
      ALLOW_DATA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    })
    // If highlighting changed the text in any way, the plain text stays: it is what the model wrote.
    if (clean.textContent === code) element.replaceChildren(clean)
  } catch {
    // Without the highlighter the code stays uncoloured.
  }
}
