import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** The editor's colours. They are CSS variables that follow the theme, so one look serves both themes. */
const LOOK = EditorView.theme({
  '&': { color: 'var(--ink)', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--leg)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'inherit', lineHeight: 'inherit' },
  '.cm-content': { padding: '0.875rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 1rem' },
  '.cm-added, .cm-removed': { borderRadius: '3px' },
  '.cm-added': { background: 'var(--add)', color: 'var(--add-ink)', textDecoration: 'none' },
  // Shown on request, in the colour of controls and never in the red of what was removed.
  '.cm-trailingSpace': { background: 'var(--leg-soft)', outline: '1px dotted var(--leg)' },
  '.cm-highlightSpace': { backgroundImage: 'none' },
  '.cm-removed': { background: 'var(--del)', color: 'var(--del-ink)', whiteSpace: 'pre-wrap' },
})
/** The answer's own typeface and line, so that the text does not change its look when the editor opens. */
const CODE = EditorView.theme({
  '&': { fontFamily: 'var(--font-mono)', fontSize: '0.84375rem', lineHeight: '1.6' },
})
const PROSE = EditorView.theme({
  '&': { fontFamily: 'var(--font-sans)', fontSize: '0.96875rem', lineHeight: '1.5' },
  '.cm-content': { maxWidth: 'calc(75ch + 2rem)' },
})

export function editorLook(mono: boolean): Extension {
  return [LOOK, mono ? CODE : PROSE]
}
