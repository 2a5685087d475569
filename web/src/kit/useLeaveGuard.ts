import { onBeforeUnmount, watch } from 'vue'

/** Let the browser ask before leaving the page while there is something to lose. */
export function useLeaveGuard(losing: () => boolean): void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  const stop = (): void => window.removeEventListener('beforeunload', ask)

  watch(losing, (now) => (now ? window.addEventListener('beforeunload', ask) : stop()))
  onBeforeUnmount(stop)
}
