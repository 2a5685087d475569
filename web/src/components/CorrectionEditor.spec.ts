import { EditorView } from '@codemirror/view'
import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import CorrectionEditor from './CorrectionEditor.vue'

// Without the focus: happy-dom cannot carry CodeMirror's selection.
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
  await vi.waitUntil(() => editor.find('.cm-added').exists())
  expect(editor.get('ins').text()).toContain('28.5')
  expect(editor.get('del').text()).toContain('14.0')
  expect(editor.emitted('changes')!.at(-1)).toEqual([
    { changes: 1, removed: expect.any(Number) as number, added: expect.any(Number) as number },
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

it('takes a text that is set from outside', async () => {
  const { editor, view } = open('model', 'typed')
  await editor.setProps({ text: 'model' })
  expect(view.state.doc.toString()).toBe('model')
})
