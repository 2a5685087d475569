import type { Extension } from '@codemirror/state'
import { highlightSpecialChars, highlightTrailingWhitespace, highlightWhitespace } from '@codemirror/view'

/** Each one shown is an element: a stuck model's line of twenty thousand tabs would cost seconds with every key. */
const MOST_IN_A_LINE = 2_000
const ONE = /[\s\p{Cc}\p{Cf}]/gu

const SHOWN: Extension = [
  highlightSpecialChars({ addSpecialChars: /[\u00a0\u202f\u200c\u200d\u2060\u202a-\u202c\u2068]/g }),
  highlightWhitespace(),
  highlightTrailingWhitespace(),
]

/** What shows the invisible characters of a text in the editor: nothing where a line has too many of them. */
export function shownInvisibles(text: string): Extension {
  const isTooMuch = text
    .split('\n')
    .some((line) => line.length > MOST_IN_A_LINE && (line.match(ONE)?.length ?? 0) > MOST_IN_A_LINE)
  return isTooMuch ? [] : SHOWN
}
