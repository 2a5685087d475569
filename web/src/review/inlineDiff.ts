import { presentableDiff, type Change } from '@codemirror/merge'
import { type Range, StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, ViewPlugin, WidgetType } from '@codemirror/view'
import { showActing } from '@/reading/actingShown'
import { count } from '@/words/text'
import type { ChangeCount } from './changeCount'
import { wholeSentences } from '@/reading/sentenceDiff'

/** Beyond these limits the diff is no longer exact, so that typing never waits for it. */
const LIMITS = { scanLimit: 2000, timeout: 60 }
/** Up to this length a text is compared on every key press, a longer one when typing pauses. */
const AT_ONCE = 20_000
const PAUSE_MS = 120
/** Of a long removal only this many characters at each end are shown, so that its replacement stays in sight. */
const ENDS_OF_REMOVED = 200

class Removed extends WidgetType {
  constructor(readonly text: string) {
    super()
  }
  override eq(other: Removed): boolean {
    return other.text === this.text
  }
  toDOM(): HTMLElement {
    const element = document.createElement('del')
    element.className = 'cm-removed'
    element.textContent = this.text
    showActing(element)
    return element
  }
}

const marked = StateEffect.define<DecorationSet>()
/** Whether removed text is shown inside the text; side by side it is marked in the original instead. */
export const showRemoved = StateEffect.define<boolean>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (value, transaction) => {
    const set = transaction.effects.find((effect) => effect.is(marked))
    return set ? set.value : value.map(transaction.changes)
  },
  provide: (field) => EditorView.decorations.from(field),
})

const removedShown = StateField.define<boolean>({
  create: () => true,
  update: (value, transaction) =>
    transaction.effects.find((effect) => effect.is(showRemoved))?.value ?? value,
})

/** Mark what was added and show in place what was removed; `tell` gets the changes after every comparison. */
export function inlineDiff(original: string, tell: (changes: readonly Change[]) => void): Extension {
  function compare(view: EditorView): void {
    const exact = presentableDiff(original, view.state.doc.toString(), LIMITS)
    const changes = wholeSentences(exact, original)
    view.dispatch({ effects: marked.of(decorate(view.state, original, changes)) })
    tell(changes)
  }

  const comparer = ViewPlugin.define((view) => {
    let timer = setTimeout(() => compare(view), 0)
    return {
      update(update) {
        const turned = update.startState.field(removedShown) !== update.state.field(removedShown)
        if (!update.docChanged && !turned) return
        clearTimeout(timer)
        timer = setTimeout(() => compare(view), update.state.doc.length > AT_ONCE ? PAUSE_MS : 0)
      },
      destroy: () => clearTimeout(timer),
    }
  })
  return [marks, removedShown, comparer]
}

function decorate(state: EditorState, original: string, changes: readonly Change[]): DecorationSet {
  const ranges: Range<Decoration>[] = []
  const inText = state.field(removedShown)
  for (const { fromA, toA, fromB, toB } of changes) {
    if (inText && toA > fromA) {
      const widget = new Removed(shorten(original.slice(fromA, toA)))
      ranges.push(Decoration.widget({ widget, side: -1 }).range(fromB))
    }
    if (toB > fromB) ranges.push(Decoration.mark({ class: 'cm-added', tagName: 'ins' }).range(fromB, toB))
  }
  return Decoration.set(
    ranges.filter((range) => range.to <= state.doc.length),
    true,
  )
}

function shorten(removed: string): string {
  const hidden = removed.length - 2 * ENDS_OF_REMOVED
  if (hidden < ENDS_OF_REMOVED) return removed
  const middle = ` … ${count(hidden, 'character')} … `
  return removed.slice(0, ENDS_OF_REMOVED) + middle + removed.slice(-ENDS_OF_REMOVED)
}

export function measure(before: string, after: string, changes: readonly Change[]): ChangeCount {
  return {
    changes: changes.length,
    wordsRemoved: wordsIn(
      before,
      changes.map(({ fromA, toA }) => [fromA, toA] as const),
    ),
    wordsAdded: wordsIn(
      after,
      changes.map(({ fromB, toB }) => [fromB, toB] as const),
    ),
    removed: changes.reduce((sum, change) => sum + change.toA - change.fromA, 0),
    added: changes.reduce((sum, change) => sum + change.toB - change.fromB, 0),
  }
}

/** The number of words touched by the ranges, each counted once: one changed letter makes a changed word. */
function wordsIn(text: string, ranges: readonly (readonly [from: number, to: number])[]): number {
  let words = 0
  let counted = 0
  for (const [from, to] of ranges) {
    if (to <= from) continue
    let start = from
    while (start > counted && !isSpace(text, start - 1)) start -= 1
    let end = to
    while (end < text.length && !isSpace(text, end - 1) && !isSpace(text, end)) end += 1
    // A range that begins within a word already counted does not count it again.
    start = Math.max(start, counted)
    words += text.slice(start, end).match(/\S+/g)?.length ?? 0
    counted = Math.max(counted, end)
  }
  return words
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at))
}
