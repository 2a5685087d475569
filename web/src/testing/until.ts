import { vi } from 'vitest'

/** Far longer than anything takes, so that a busy machine does not fail a test. */
const PATIENCE_MS = 30_000

/** Wait until `isSo` returns something truthy; a stopped clock is moved on meanwhile. */
export async function until(isSo: () => unknown): Promise<void> {
  await vi.waitUntil(isSo, { timeout: PATIENCE_MS })
}

/** Stop the page's clock; only the test moves it on. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
}
