import { undo } from '@codemirror/commands'
import { EditorView } from '@codemirror/view'
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { nextTick, ref } from 'vue'
import { INVISIBLES_SHOWN } from '@/reading/invisiblesShown'
import { until } from '@/testing/until'
import CorrectionEditor from './CorrectionEditor.vue'
import { measure } from './inlineDiff'

// Opened without the focus, because happy-dom does not support CodeMirror's selection.
function open(original: string, text = original) {
  const editor = mount(CorrectionEditor, {
    props: { text, original, focusRequest: 0 },
    attachTo: document.body,
  })
  const view = EditorView.findFromDOM(editor.get('.cm-editor').element as HTMLElement)!
  return { editor, view, written: () => editor.emitted('write')?.at(-1)?.[0] }
}

it('holds the text, marks what is added and removed, and counts it', async () => {
  const { editor, view, written } = open('The total is 114.00 EUR')
  view.dispatch({ changes: { from: 13, to: 19, insert: '128.50' } })
  expect(written()).toBe('The total is 128.50 EUR')
  await until(() => editor.find('.cm-added').exists())
  expect(editor.get('ins').text()).toContain('28.5')
  expect(editor.get('del').text()).toContain('14.0')
  expect(editor.emitted('changes')!.at(-1)).toEqual([
    {
      changes: 1,
      wordsRemoved: 1,
      wordsAdded: 1,
      removed: expect.any(Number) as number,
      added: expect.any(Number) as number,
    },
  ])
})

it('says nothing before something was typed', () => {
  expect(open('a\nb').editor.emitted('write')).toBeUndefined()
})

it.each(['a\r\nb\r\n', 'a\nb', 'a\r\nb\nc\rd'])('keeps the line ends of %j', (original) => {
  const { view, written } = open(original)
  view.dispatch({ changes: { from: 0, insert: 'x' } })
  expect(written()).toBe(`x${original}`)
})

it.each([
  ['a\tb \n'.repeat(3_000), true],
  ['\t'.repeat(20_000), false],
])('shows what is invisible, unless a line has too many', async (text, isShown) => {
  const shown = ref(false)
  const editor = mount(CorrectionEditor, {
    props: { text, original: text, focusRequest: 0 },
    attachTo: document.body,
    global: { provide: { [INVISIBLES_SHOWN as symbol]: shown } },
  })
  expect(editor.find('.cm-highlightTab').exists()).toBe(false)
  shown.value = true
  await nextTick()
  expect(editor.find('.cm-highlightTab').exists()).toBe(isShown)
  editor.unmount()
})

it('puts the caret behind what was dropped, so that typing takes nothing away', () => {
  const { view } = open('one two')
  view.dispatch({
    changes: { from: 4, insert: 'new ' },
    selection: { anchor: 4, head: 8 },
    userEvent: 'input.drop',
  })
  expect(view.state.selection.main.toJSON()).toEqual({ anchor: 8, head: 8 })
  view.dispatch(view.state.replaceSelection('!'))
  expect(view.state.doc.toString()).toBe('one new !two')
})

it('takes a text that is set from outside', async () => {
  const { editor, view } = open('model', 'typed')
  await editor.setProps({ text: 'model' })
  expect(view.state.doc.toString()).toBe('model')
  undo(view)
  expect(view.state.doc.toString()).toBe('typed')
})

it('side by side: the original to read with what was removed marked in it, and the same editor', async () => {
  const { editor, view } = open('one two', 'one three')
  await until(() => editor.find('del').exists())
  await editor.setProps({ sideBySide: true })
  await until(() => editor.find('[data-testid=original] del').exists())
  await until(() => !editor.find('[data-testid=editor] del').exists())
  const original = editor.get('[data-testid=original]')
  expect(original.text()).toBe('one two')
  expect(original.attributes()).toMatchObject({ contenteditable: 'false', tabindex: '0' })
  expect(editor.find('[data-testid=editor] ins').exists()).toBe(true)
  await editor.setProps({ sideBySide: false })
  await until(() => editor.find('[data-testid=editor] del').exists())
  expect(editor.find('[data-testid=original]').exists()).toBe(false)
  expect(EditorView.findFromDOM(editor.get('.cm-editor').element as HTMLElement)).toBe(view)
})

it.each([
  ['one two', 'one three', [[4, 7, 4, 9]], 1, 1],
  ['colour', 'color', [[4, 5, 4, 4]], 1, 0],
  ['a b', 'a new b', [[2, 2, 2, 6]], 0, 1],
  [
    'abc',
    'xbz',
    [
      [0, 1, 0, 1],
      [2, 3, 2, 3],
    ],
    1,
    1,
  ],
])('counts the words between “%s” and “%s”', (before, after, ranges, wordsRemoved, wordsAdded) => {
  const changes = ranges.map(([fromA, toA, fromB, toB]) => ({ fromA, toA, fromB, toB }))
  expect(measure(before, after, changes as never)).toMatchObject({ wordsRemoved, wordsAdded })
})

it('begins at the beginning, or where it is told, and not with a text from elsewhere', async () => {
  expect(open('a long answer').view.state.selection.main.head).toBe(0)
  const editor = mount(CorrectionEditor, {
    props: { text: 'a\r\nb\r\nParis', original: 'a\r\nb\r\nParis', focusRequest: 0, startAt: 6 },
    attachTo: document.body,
  })
  const view = EditorView.findFromDOM(editor.get('.cm-editor').element as HTMLElement)!
  expect(view.state.doc.sliceString(view.state.selection.main.head)).toBe('Paris')
  await editor.setProps({ text: 'The reference' })
  expect(view.state.selection.main.head).toBe(0)
})
