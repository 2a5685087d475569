import { watch } from 'vue'
import type { RouteLocationNormalizedLoaded } from 'vue-router'
import './searchMarks.css'
import { searchedPlaces } from './searchWords'

/** Text from cards and decisions is marked up with dir=auto; nothing else on the page is. */
const TEXTS = '#main [dir=auto]:not(input, textarea, [contenteditable])'
/** Only the beginning of a very long text is searched, so that reading is not held up. */
const MOST_LETTERS = 100_000
const MOST_MARKS = 2_000
const REST_MS = 50

let followed: RouteLocationNormalizedLoaded | undefined
let sought = ''
let resting: ReturnType<typeof setTimeout> | undefined

/**
 * Highlight the words of the search in every text on the page, including those added later.
 * The highlights lie over the texts and do not change them.
 */
export function follow(route: RouteLocationNormalizedLoaded): void {
  if (followed === route || !('highlights' in CSS)) return
  followed = route
  const observer = new MutationObserver(markSoon)
  watch(
    () => route.query['q'],
    (words) => {
      sought = typeof words === 'string' ? words : ''
      observer.disconnect()
      if (sought) observer.observe(document.body, { childList: true, subtree: true, characterData: true })
      mark()
    },
    { immediate: true },
  )
}

function markSoon(): void {
  clearTimeout(resting)
  resting = setTimeout(mark, REST_MS)
}

function mark(): void {
  clearTimeout(resting)
  CSS.highlights.delete('searched')
  const ranges = sought ? [...document.querySelectorAll(TEXTS)].flatMap(rangesIn).slice(0, MOST_MARKS) : []
  if (ranges.length) CSS.highlights.set('searched', new Highlight(...ranges))
}

function rangesIn(element: Element): StaticRange[] {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const ranges: StaticRange[] = []
  while (texts.nextNode()) {
    const node = texts.currentNode as Text
    for (const [from, to] of searchedPlaces(node.data.slice(0, MOST_LETTERS), sought)) {
      ranges.push(
        new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to }),
      )
    }
  }
  return ranges
}
