import { nextTick, ref } from 'vue'
import type { useRemarks } from './useRemarks'

/**
 * The fields and panels of the dock that stand beside the decision, each opened by its key and left by Esc.
 * `toCard` gives the focus back to the card.
 */
export function useBeside({ note, faults, tags, must }: ReturnType<typeof useRemarks>, toCard: () => void) {
  const noteOpen = ref(note.value !== '')

  function openNote(): void {
    noteOpen.value = true
    void nextTick(() => document.getElementById('note')?.focus())
  }

  function closePanels(): void {
    faults.open.value = must.open.value = false
    toCard()
  }

  function toggle(panel: typeof faults | typeof must): void {
    if (panel.open.value) closePanels()
    else panel.toggle()
  }

  /**
   * Leave the field of the note or of the tags; one that holds nothing goes. A tag that was not finished is dropped
   * before the caret goes, since leaving the field in another way adds it. False if the caret is in neither.
   */
  function leaveField(): boolean {
    const { activeElement } = document
    if (activeElement?.id !== 'note' && activeElement?.id !== 'tags') return false
    if (activeElement.id === 'tags') tags.drop()
    if (!note.value) noteOpen.value = false
    toCard()
    tags.leave()
    return true
  }

  const isPanelOpen = (): boolean => faults.open.value || must.open.value

  return { noteOpen, openNote, closePanels, toggle, leaveField, isPanelOpen }
}
