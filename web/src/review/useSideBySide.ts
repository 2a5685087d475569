import { computed } from 'vue'
import { useRemembered } from '@/kit/useRemembered'
import { useWide } from '@/kit/useWide'

/** Whether the editor shows the model's text beside itself; null where there is no room for that. */
export function useSideBySide() {
  const wide = useWide()
  const wanted = useRemembered('side-by-side', false)
  const sideBySide = computed(() => (wide.value ? wanted.value : null))

  function toggle(): void {
    if (wide.value) wanted.value = !wanted.value
  }

  return { sideBySide, toggle }
}
