import { StateEffect, StateField, type Extension } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import type { TextMark } from '@/reading/textPieces'

const marked = StateEffect.define<readonly TextMark[]>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (value, transaction) => {
    const effect = transaction.effects.find((one) => one.is(marked))
    return effect ? decorate(effect.value, transaction.newDoc.length) : value.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Underlines where the patterns of the check match; they move with what is typed until they are set anew. */
export const patternMarks: Extension = [
  marks,
  EditorView.theme({
    // A border and no underline: the browser would carry that over into what is typed, as an inline style.
    '.cm-pattern': { borderBottom: '2px solid' },
    '.cm-pattern-matched': { borderBottomColor: 'var(--good)' },
    '.cm-pattern-near': { borderBottomColor: 'var(--fair)', borderBottomStyle: 'dotted' },
    '.cm-pattern-forbidden': { borderBottomColor: 'var(--bad)' },
  }),
]

/** `inDoc`: where a place in the text stands in the editor, which has one character a line end. */
export function showMarks(
  view: EditorView,
  found: readonly TextMark[],
  inDoc: (place: number) => number,
): void {
  const moved = found.map((mark) => ({ ...mark, from: inDoc(mark.from), to: inDoc(mark.to) }))
  view.dispatch({ effects: marked.of(moved) })
}

function decorate(found: readonly TextMark[], length: number): DecorationSet {
  const ranges = found
    .filter(({ from, to }) => from < to && to <= length)
    .map(({ from, to, kind, says }) =>
      Decoration.mark({ class: `cm-pattern cm-pattern-${kind}`, attributes: { title: says } }).range(
        from,
        to,
      ),
    )
  return Decoration.set(ranges, true)
}
