import { onMounted, onScopeDispose, ref, type Ref } from 'vue'

/** Whether everything fits in one row: the width at which the style sheet's `wide` applies. */
export function useWide(): Ref<boolean> {
  const query = window.matchMedia('(min-width: 75rem)')
  const wide = ref(query.matches)
  const update = () => (wide.value = query.matches)
  onMounted(() => query.addEventListener('change', update))
  onScopeDispose(() => query.removeEventListener('change', update))
  return wide
}
