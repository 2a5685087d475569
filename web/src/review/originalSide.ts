import type { Change } from '@codemirror/merge'
import { EditorState, StateEffect, StateField, type Range } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view'
import { cspNonce } from '@/kit/nonce'
import { shownActing } from './editorInvisibles'
import { editorLook } from './editorLook'

const marked = StateEffect.define<DecorationSet>()
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (value, transaction) => transaction.effects.find((effect) => effect.is(marked))?.value ?? value,
  provide: (field) => EditorView.decorations.from(field),
})

/** The model's text beside the editor, to read and to copy from, with what was removed marked in it. */
export class OriginalSide {
  private readonly view: EditorView
  private changes: readonly Change[] = []

  constructor(parent: HTMLElement, original: string, mono: boolean) {
    const state = EditorState.create({
      doc: original,
      extensions: [
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.cspNonce.of(cspNonce()),
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        // It scrolls, so it must be reachable with the keyboard.
        EditorView.contentAttributes.of({
          'aria-label': 'The model’s text',
          'aria-readonly': 'true',
          tabindex: '0',
          dir: 'auto',
          'data-testid': 'original',
        }),
        editorLook(mono),
        shownActing,
        marks,
      ],
    })
    this.view = new EditorView({ state, parent })
  }

  show(changes: readonly Change[]): void {
    this.changes = changes
    const { length } = this.view.state.doc
    const removed: Range<Decoration>[] = []
    for (const { fromA, toA } of changes) {
      if (toA <= fromA || toA > length) continue
      removed.push(Decoration.mark({ class: 'cm-removed', tagName: 'del' }).range(fromA, toA))
    }
    this.view.dispatch({ effects: marked.of(Decoration.set(removed, true)) })
  }

  /** Scroll so that the origin of the first line visible in the editor is at the same height. */
  follow(editor: EditorView): void {
    const top = editor.scrollDOM.scrollTop
    const block = editor.lineBlockAtHeight(top)
    const here = this.view.lineBlockAt(Math.min(this.before(block.from), this.view.state.doc.length))
    this.view.scrollDOM.scrollTop = here.top + Math.min(top - block.top, here.height)
  }

  destroy(): void {
    this.view.destroy()
  }

  /** The place in the original that a place in the corrected text came from. */
  private before(place: number): number {
    let moved = 0
    for (const { toA, fromB, toB } of this.changes) {
      if (fromB > place) break
      moved = toA - Math.min(toB, Math.max(place, fromB))
    }
    return Math.max(0, place + moved)
  }
}
