import { onBeforeUnmount, watch } from 'vue'

/** The browser asks before it leaves the page, only while there is something to lose. */
export function useLeaveGuard(losing: () => boolean): void {
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
  const stop = (): void => window.removeEventListener('beforeunload', ask)

  watch(losing, (now) => (now ? window.addEventListener('beforeunload', ask) : stop()))
  onBeforeUnmount(stop)
}
