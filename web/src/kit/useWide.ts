import { onMounted, onScopeDispose, ref, type Ref } from 'vue'

/** The width from which the pace fits into the header, beside the names of all pages. */
export const PACE_FITS = '100rem'

/** Whether everything fits in one row: by itself, the width at which the style sheet's `wide` applies. */
export function useWide(least = '75rem'): Ref<boolean> {
  const query = window.matchMedia(`(min-width: ${least})`)
  const wide = ref(query.matches)
  const update = () => (wide.value = query.matches)
  onMounted(() => query.addEventListener('change', update))
  onScopeDispose(() => query.removeEventListener('change', update))
  return wide
}
