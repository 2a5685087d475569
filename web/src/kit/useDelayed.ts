import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** True only once `source` has been true for `ms` milliseconds, so that quick work shows no sign of waiting. */
export function useDelayed(source: () => boolean, ms = 150): Ref<boolean> {
  const shown = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    source,
    (on) => {
      clearTimeout(timer)
      if (on) timer = setTimeout(() => (shown.value = true), ms)
      else shown.value = false
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return shown
}
