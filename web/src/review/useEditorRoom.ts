import { onBeforeUnmount, onMounted, watch } from 'vue'
import { afterPaint } from '@/kit/afterPaint'
import { coveredByKeyboard } from '@/kit/useKeyboardUp'

/** Between the editor's pane and the dock, in pixels. */
const GAP = 12
/** A text of fewer pixels is not worth keeping the page where it is. */
const LEAST = 240

type Part = () => HTMLElement | undefined

/**
 * Give the editor all the room from where it opens down to the dock, its foot included, and never less than half of a
 * low window. Its height is the CSS property `--editor-room` of the pane.
 */
export function useEditorRoom(pane: Part, dock: Part) {
  /** A line that joins the editor's foot while its text is in use must not push the foot under the dock. */
  const observer = new ResizeObserver(() => afterPaint(isInUse() ? show : fit))

  function isInUse(): boolean {
    return Boolean(pane()?.contains(document.activeElement))
  }

  /** The height of the window above the on-screen keyboard. */
  function seen(): number {
    return window.innerHeight - coveredByKeyboard()
  }

  /** The height that the text has if the pane begins at `top`. */
  function roomFrom(top: number, editor: HTMLElement): number {
    const field = editor.querySelector<HTMLElement>('[data-editor-room]')
    const around = editor.offsetHeight - (field?.offsetHeight ?? 0)
    return seen() - (dock()?.offsetHeight ?? 0) - GAP - around - top
  }

  function least(): number {
    return Math.min(LEAST, seen() / 2)
  }

  function fit(): void {
    const editor = pane()
    if (!editor) return
    const top = Math.max(editor.getBoundingClientRect().top, 0)
    editor.style.setProperty('--editor-room', `${Math.floor(Math.max(roomFrom(top, editor), least()))}px`)
  }

  /** Scroll only if the pane opens so low that its text would have no room: below a stacked prompt, in a low window. */
  function show(): void {
    const editor = pane()
    if (!editor) return
    if (roomFrom(editor.getBoundingClientRect().top, editor) < least())
      editor.scrollIntoView({ block: 'start' })
    fit()
  }

  watch([pane, dock], (parts) => {
    observer.disconnect()
    for (const part of parts) if (part) observer.observe(part)
  })
  /** The keyboard comes up once the caret is in the text, and the dock is lower then. */
  const giveWay = (): void => afterPaint(coveredByKeyboard() ? show : fit)
  onMounted(() => {
    window.addEventListener('resize', fit)
    window.visualViewport?.addEventListener('resize', giveWay)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('resize', fit)
    window.visualViewport?.removeEventListener('resize', giveWay)
    observer.disconnect()
  })
  return { show }
}
