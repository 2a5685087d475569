import { EditorView } from '@codemirror/view'

/** The editor's colours. They are CSS variables that follow the theme, so one look serves both themes. */
export const editorLook = EditorView.theme({
  '&': { color: 'var(--ink)', fontSize: '0.84375rem', maxHeight: '60vh' },
  '&.cm-focused': { outline: '2px solid var(--leg)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6', minHeight: '10rem' },
  '.cm-content': { padding: '0.875rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 1rem' },
  '.cm-added, .cm-removed': { borderRadius: '3px' },
  '.cm-added': { background: 'var(--add)', color: 'var(--add-ink)', textDecoration: 'none' },
  // Shown on request, in the colour of controls and never in the red of what was removed.
  '.cm-trailingSpace': { background: 'var(--leg-soft)', outline: '1px dotted var(--leg)' },
  '.cm-specialChar': { color: 'var(--leg)' },
  '.cm-highlightSpace': { backgroundImage: 'none' },
  '.cm-removed': { background: 'var(--del)', color: 'var(--del-ink)', whiteSpace: 'pre-wrap' },
})
