import { onMounted, onScopeDispose, ref, type Ref } from 'vue'

/** Whether there is room for everything in one row; the same width as the style sheet's `wide`. */
export function useWide(): Ref<boolean> {
  const query = window.matchMedia('(min-width: 75rem)')
  const wide = ref(query.matches)
  const update = () => (wide.value = query.matches)
  onMounted(() => query.addEventListener('change', update))
  onScopeDispose(() => query.removeEventListener('change', update))
  return wide
}
