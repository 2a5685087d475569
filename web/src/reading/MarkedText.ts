import { h, type FunctionalComponent, type VNode } from 'vue'
import { DIRECTION_CONTROL } from './invisibles'
import { markAttributes, type Piece } from './textPieces'

/**
 * A text cut into pieces, some of them marked.
 * A mark's description is generated content, so a screen reader reads it and copying leaves it out. A render
 * function, because a template would change white space.
 */
export const MarkedText: FunctionalComponent<{ pieces: readonly Piece[] }> = ({ pieces }) => pieces.map(show)
MarkedText.props = ['pieces']

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
  return h('mark', markAttributes(mark, ends), [inner])
}
