import { h, type FunctionalComponent, type VNode } from 'vue'
import type { Piece } from './textPieces'

/**
 * A text in pieces. What a mark says is generated content: a screen reader speaks it, a copy of the text has none of
 * it. A render function, because a template would have opinions about white space.
 */
export const MarkedText: FunctionalComponent<{ pieces: readonly Piece[] }> = ({ pieces }) => pieces.map(show)
MarkedText.props = ['pieces']

/** Shown, they must not act as well: the text is then seen in the order in which it was written. */
const DIRECTION_CONTROL = /^[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]$/

function show({ text, mark, ends, invisible }: Piece): VNode | string {
  const inner = invisible
    ? h(
        'span',
        {
          class: ['invisible-mark', { 'invisible-tab': text === '\t' }],
          role: 'img',
          title: invisible.name,
          'aria-label': invisible.name,
          'data-symbol': invisible.symbol,
        },
        DIRECTION_CONTROL.test(text) ? '' : text,
      )
    : text
  if (!mark) return inner
  const attributes = {
    'data-mark': mark.kind,
    'data-says': `${mark.says}: `,
    'data-number': ends ? mark.number : undefined,
    title: mark.says,
  }
  return h('mark', attributes, [inner])
}
