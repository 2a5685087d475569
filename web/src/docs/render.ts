import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import { alignCells } from '@/reading/alignCells'
import { colour } from '@/reading/markdown'
import { htmlRead } from './htmlRead'
import { hasPage, pictureAddress } from './pages'

const TAGS =
  'h1 h2 h3 h4 p ul ol li pre code em strong s blockquote table thead tbody tr th td hr br a img kbd'
const FOLDER_OF = /[^/]*$/

export interface Rendered {
  fragment: DocumentFragment
  /** The page's sections: the ids and the words of its second-level headings. */
  sections: { id: string; title: string }[]
}

/** The address of a page of the documentation. */
export function docsAddress(name: string, section = ''): string {
  return `/docs${name === 'README' ? '' : `/${name}`}${section && `#${section}`}`
}

/** A page as HTML whose links lead to the app's own pages; what leads into the repository becomes plain text. */
export function renderPage(text: string, name: string): Rendered {
  const markdown = new MarkdownIt({ html: false, linkify: false }).use(alignCells).use(htmlRead)
  const fragment = DOMPurify.sanitize(markdown.render(text), {
    ALLOWED_TAGS: TAGS.split(' '),
    ALLOWED_ATTR: ['href', 'src', 'alt', 'align'],
    ALLOW_DATA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  })
  for (const link of fragment.querySelectorAll('a')) lead(link, name)
  for (const picture of fragment.querySelectorAll('img')) show(picture, name)
  for (const head of fragment.querySelectorAll('th')) {
    // the corner of a table of rows and columns heads nothing
    if (!head.textContent?.trim()) head.replaceWith(document.createElement('td'))
  }
  fragment.querySelectorAll('table').forEach(scroll)
  for (const code of fragment.querySelectorAll('pre > code'))
    code.closest('pre')?.setAttribute('tabindex', '0')
  const fences = markdown.parse(text, {}).filter(({ type }) => type === 'fence' || type === 'code_block')
  fragment.querySelectorAll<HTMLElement>('pre > code').forEach((code, at) => {
    const language = fences[at]?.info.trim().toLowerCase()
    if (language) void colour(code, language)
  })
  return { fragment, sections: named(fragment) }
}

function lead(link: HTMLAnchorElement, from: string): void {
  const target = link.getAttribute('href') ?? ''
  if (/^https?:/.test(target)) {
    link.target = '_blank'
    link.rel = 'noreferrer'
    return
  }
  const [path = '', section = ''] = target.split('#')
  const name = path ? below(from, path).replace(/\.md$/, '') : from
  if (hasPage(name)) link.href = docsAddress(name, section)
  else link.replaceWith(...link.childNodes)
}

function show(picture: HTMLImageElement, from: string): void {
  const address = pictureAddress(below(from, picture.getAttribute('src') ?? ''))
  if (address) picture.src = address
  else picture.replaceWith(picture.alt)
}

/** A table wider than the window scrolls in a region of its own, by keys too. */
function scroll(table: HTMLTableElement): void {
  const region = document.createElement('div')
  const heads = [...table.querySelectorAll('thead th')].map(({ textContent }) => textContent).join(', ')
  region.className = 'docs-table'
  region.setAttribute('role', 'region')
  region.setAttribute('tabindex', '0')
  region.setAttribute('aria-label', `Table: ${heads}`)
  table.replaceWith(region)
  region.append(table)
}

/** A path as written on the page `from`, below `docs/`. */
function below(from: string, path: string): string {
  const base = new URL(from.replace(FOLDER_OF, ''), 'http://docs/')
  return new URL(path, base).pathname.slice(1)
}

/** Gives each heading the id that GitHub would give it, so that the links between pages hold in both places. */
function named(fragment: DocumentFragment): Rendered['sections'] {
  const used = new Map<string, number>()
  const sections: Rendered['sections'] = []
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4')) {
    const title = heading.textContent ?? ''
    const slug = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-')
    const before = used.get(slug) ?? 0
    used.set(slug, before + 1)
    heading.id = before ? `${slug}-${before}` : slug
    heading.setAttribute('tabindex', '-1')
    if (heading.tagName === 'H2') sections.push({ id: heading.id, title })
  }
  return sections
}
