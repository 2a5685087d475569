import type { Extension } from '@codemirror/state'
import { highlightSpecialChars, highlightTrailingWhitespace, highlightWhitespace } from '@codemirror/view'

/** Each character shown is an element: 20,000 tabs in one line of a stuck model would cost seconds per key press. */
const MOST_IN_A_LINE = 2_000
const ONE = /[\s\p{Cc}\p{Cf}]/gu

const SHOWN: Extension = [
  highlightSpecialChars({ addSpecialChars: /[\u00a0\u202f\u200c\u200d\u2060\u202a-\u202c\u2068]/g }),
  highlightWhitespace(),
  highlightTrailingWhitespace(),
]

/** An extension that shows a text's invisible characters; empty if a line has too many of them. */
export function shownInvisibles(text: string): Extension {
  const isTooMuch = text
    .split('\n')
    .some((line) => line.length > MOST_IN_A_LINE && (line.match(ONE)?.length ?? 0) > MOST_IN_A_LINE)
  return isTooMuch ? [] : SHOWN
}
