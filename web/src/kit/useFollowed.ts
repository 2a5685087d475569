import { onBeforeUnmount, onMounted, type Ref, watch } from 'vue'

/** Follow what runs under this name while the page is seen; a hidden page keeps no connection. */
export function useFollowed(
  name: Readonly<Ref<string>>,
  store: { open: (name: string) => Promise<void>; close: () => void },
): void {
  function follow(): void {
    if (document.visibilityState === 'visible') void store.open(name.value)
    else store.close()
  }

  watch(name, (next) => void store.open(next), { immediate: true })
  onMounted(() => document.addEventListener('visibilitychange', follow))
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', follow)
    store.close()
  })
}
