import type { Extension } from '@codemirror/state'
import { highlightSpecialChars, highlightTrailingWhitespace, highlightWhitespace } from '@codemirror/view'
import { signOf } from '@/reading/actingShown'
import { describe } from '@/reading/invisibles'

/** Each character shown is an element: 20,000 tabs in one line of a stuck model would cost seconds per key press. */
const MOST_IN_A_LINE = 2_000
const ONE = /[\s\p{Cc}\p{Cf}]/gu
const ACTING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g

// Without a text of its own: a browser that replaces a selection would copy the look of the text where it begins.
const sign = (code: number): HTMLElement => signOf(describe(String.fromCharCode(code)))

/** Shows what would act instead of being read; always there. */
export const shownActing: Extension = highlightSpecialChars({ specialChars: ACTING, render: sign })

const SHOWN: Extension = [
  highlightSpecialChars({
    render: sign,
    addSpecialChars: /[\u00a0\u202f\u200c\u200d\u2060\u202a-\u202c\u2068]/g,
  }),
  highlightWhitespace(),
  highlightTrailingWhitespace(),
]

/** An extension that shows a text's invisible characters; only those that act if a line has too many. */
export function shownInvisibles(text: string): Extension {
  const isTooMuch = text
    .split('\n')
    .some((line) => line.length > MOST_IN_A_LINE && (line.match(ONE)?.length ?? 0) > MOST_IN_A_LINE)
  return isTooMuch ? shownActing : SHOWN
}
