import { onBeforeUnmount, ref, watch } from 'vue'
import { storedDrafts } from './drafts'

/** Whether another tab may have typed for a card; only then the code that checks is loaded. */
export function useTypedBefore(id: () => string | undefined) {
  const typedBefore = ref(false)
  function look(): void {
    const card = id()
    typedBefore.value ||= Boolean(card && storedDrafts(card).length)
  }
  watch(id, look, { immediate: true })
  window.addEventListener('storage', look)
  onBeforeUnmount(() => window.removeEventListener('storage', look))
  return typedBefore
}
