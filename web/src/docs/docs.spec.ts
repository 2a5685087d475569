import { describe, expect, it } from 'vitest'
import { routes } from '@/router'
import { contents, hasPage, pageText, START } from './pages'
import { docsAddress, renderPage } from './render'

async function pages(): Promise<string[]> {
  return [START, ...(await contents()).map(({ name }) => name)]
}

const made = new Map<string, DocumentFragment>()

async function rendered(name: string): Promise<DocumentFragment> {
  const before = made.get(name)
  if (before) return before
  const { fragment } = renderPage((await pageText(name)) ?? '', name)
  made.set(name, fragment)
  return fragment
}

describe('the documentation in the app', () => {
  it('lists every page that the start page lists, with its title and what it covers', async () => {
    const listed = await contents()
    expect(listed.length).toBeGreaterThan(20)
    expect(listed[0]).toEqual({
      name: 'getting-started',
      title: 'Getting started',
      covers: 'from an empty machine to the first export',
    })
  })

  it('leads from every link to a page and a section that exist', async () => {
    for (const name of await pages()) {
      for (const link of (await rendered(name)).querySelectorAll('a')) {
        const target = new URL(link.getAttribute('href') ?? '', 'http://app')
        if (target.host !== 'app') continue
        const page = target.pathname.replace(/^\/docs\/?/, '') || START
        expect(hasPage(page), `${name}: ${target.pathname}`).toBe(true)
        const section = decodeURIComponent(target.hash.slice(1))
        const ids = [...(await rendered(page)).querySelectorAll('[id]')].map(({ id }) => id)
        if (section) expect(ids, `${name}: ${page}#${section}`).toContain(section)
      }
    }
  })

  it('has every picture that a page shows', async () => {
    for (const name of await pages()) {
      const wanted = ((await pageText(name)) ?? '').match(/!\[[^\]]*\]\(/g) ?? []
      expect((await rendered(name)).querySelectorAll('img[src^="/"]'), name).toHaveLength(wanted.length)
    }
  })

  it('opens the page that each page of the app names', () => {
    const named = routes.flatMap(({ meta }) => meta?.docs ?? [])
    expect(named.length).toBeGreaterThan(8)
    for (const name of named) expect(hasPage(name), name).toBe(true)
  })

  it('makes HTML of a page into text, tells repeated headings apart, and opens other sites elsewhere', () => {
    const text =
      '# One\n\n## The same\n\n## The same\n\n<script>no</script> [out](https://example.org) [in](../x.py)'
    const { fragment, sections } = renderPage(text, START)
    expect(sections.map(({ id }) => id)).toEqual(['the-same', 'the-same-1'])
    expect(fragment.querySelector('script')).toBeNull()
    const links = [...fragment.querySelectorAll('a')]
    expect(links.map(({ rel, target }) => [rel, target])).toEqual([['noreferrer', '_blank']])
    expect(fragment.textContent).toContain('in')
  })

  it('shows keys as keys, comments not at all, and other tags as text', () => {
    const text =
      'Press <kbd>Ctrl</kbd>+<kbd>#</kbd>, not <kbd onclick="x()">A</kbd> or <kbd><b>B</b></kbd> or `<kbd>C</kbd>`.\n<!-- a remark -->\n'
    const { fragment } = renderPage(text, START)
    expect([...fragment.querySelectorAll('kbd')].map(({ outerHTML }) => outerHTML)).toEqual([
      '<kbd>Ctrl</kbd>',
      '<kbd>#</kbd>',
    ])
    expect(fragment.querySelector('b')).toBeNull()
    expect(fragment.textContent?.trim()).toBe(
      'Press Ctrl+#, not <kbd onclick="x()">A</kbd> or <kbd><b>B</b></kbd> or <kbd>C</kbd>.',
    )
  })

  it('has no page that shows a tag or a comment of HTML', async () => {
    let keys = 0
    for (const name of await pages()) {
      const page = (await rendered(name)).cloneNode(true) as DocumentFragment
      keys += page.querySelectorAll('kbd').length
      for (const code of page.querySelectorAll('code')) code.remove()
      expect(page.textContent?.match(/<\/?[a-z!][^>]*>/gi) ?? [], name).toEqual([])
    }
    expect(keys).toBeGreaterThan(50)
  })

  it('puts each table into a region that scrolls and is named after its heads', async () => {
    const regions = [...(await rendered('reviewing')).querySelectorAll('.docs-table')]
    expect(regions[0]?.getAttribute('aria-label')).toMatch(/^Table: action, /)
    expect(regions[0]?.getAttribute('tabindex')).toBe('0')
    expect((await rendered('reviewing')).querySelectorAll('table')).toHaveLength(regions.length)
  })

  it('has addresses for the start, a page and a section', () => {
    expect(docsAddress(START)).toBe('/docs')
    expect(docsAddress('http', 'get-apisftqueue')).toBe('/docs/http#get-apisftqueue')
  })
})
