import { nextTick, ref, useTemplateRef } from 'vue'

/** A form that a button opens; its first field then has the focus. The form's template ref is `form`. */
export function useOpening() {
  const open = ref(false)
  const form = useTemplateRef<HTMLFormElement>('form')

  async function toggle(): Promise<void> {
    open.value = !open.value
    await nextTick()
    form.value?.querySelector('input')?.focus()
  }

  return { open, toggle }
}
