import { computed, nextTick, onMounted, ref, shallowRef, useId, type VNodeRef } from 'vue'

/** What a popup needs to know about the button that opens it. */
export interface PopupButton {
  id: string
  popupId: string
  element: HTMLElement | null
  /** Whether it was opened with a key; then the first entry takes the focus. */
  byKey: boolean
}

/**
 * A button whose popup is loaded when the pointer or the focus reaches it.
 * Otherwise the code of menus, a fifth of the script, would have to load before the first card.
 * One that was asked for opens at once, as by its key.
 */
export function usePopup(kind: 'menu' | 'dialog', isAskedFor = false) {
  const id = useId()
  const near = ref(false)
  const open = ref(false)
  const byKey = ref(false)
  const element = shallowRef<HTMLElement | null>(null)
  const keepElement: VNodeRef = (found) => (element.value = found as HTMLElement | null)

  function come(): void {
    near.value = true
  }

  function toggle(withKey: boolean): void {
    come()
    byKey.value = withKey
    open.value = !open.value
  }

  async function click(event: MouseEvent): Promise<void> {
    if (event.button !== 0 || event.ctrlKey) return
    toggle(event.detail === 0)
    await nextTick()
    if (kind === 'menu' && open.value) event.preventDefault()
  }

  function keydown(event: KeyboardEvent): void {
    if (kind !== 'menu' || !['Enter', ' ', 'ArrowDown'].includes(event.key)) return
    event.preventDefault()
    if (event.key !== 'ArrowDown' || !open.value) toggle(true)
  }

  const button = computed(() => ({
    ref: keepElement,
    id: `${id}-button`,
    type: 'button' as const,
    'aria-haspopup': kind,
    'aria-expanded': open.value,
    'aria-controls': open.value ? `${id}-popup` : undefined,
    'data-state': open.value ? 'open' : 'closed',
    onClick: click,
    onKeydown: keydown,
    onFocus: come,
    onPointerenter: come,
  }))
  const popup = computed<PopupButton>(() => ({
    id: `${id}-button`,
    popupId: `${id}-popup`,
    element: element.value,
    byKey: byKey.value,
  }))
  onMounted(() => isAskedFor && toggle(true))
  return { near, open, button, popup }
}
