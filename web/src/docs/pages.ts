/** The documentation's own files, each loaded when its page is opened. Decisions are for those who have the code. */
const TEXTS = import.meta.glob<string>('../../../docs/*.md', {
  query: '?raw',
  import: 'default',
})
/** The pictures that pages show: others in docs/img belong to the repository's front page. */
const PICTURES = import.meta.glob<string>(
  [
    '../../../docs/img/{compare,dropped,scores,insights,overview}-light.png',
    '../../../docs/img/flywheel-*.svg',
  ],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
)
const FOLDER = '../../../docs/'

export interface DocsPage {
  /** The file's path below `docs/`, without `.md`. */
  name: string
  title: string
  /** What it covers, in a line. */
  covers: string
}

export const START = 'README'

/** A page's Markdown; null if there is no such page. */
export async function pageText(name: string): Promise<string | null> {
  const load = TEXTS[`${FOLDER}${name}.md`]
  return load ? load() : null
}

export function hasPage(name: string): boolean {
  return `${FOLDER}${name}.md` in TEXTS
}

/** The address of a picture by its path below `docs/`; undefined if it is not part of the app. */
export function pictureAddress(path: string): string | undefined {
  return PICTURES[`${FOLDER}${path}`]
}

/** The pages in the order and the words of the documentation's start page. */
export async function contents(): Promise<DocsPage[]> {
  const start = (await pageText(START)) ?? ''
  const rows = start.matchAll(/^\| \[([^\]]+)\]\(([^)]+)\) \| (.+) \|$/gm)
  return [...rows]
    .map(([, title = '', target = '', covers = '']) => ({
      name: target.replace(/\.md$/, ''),
      title,
      covers: covers.replaceAll('`', ''),
    }))
    .filter(({ name }) => hasPage(name))
}
