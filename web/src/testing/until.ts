import { vi } from 'vitest'

/** Far longer than anything takes: a machine with other work must not fail a test. */
const PATIENCE_MS = 30_000

/** Waits until it is so; with a stopped clock, which goes on meanwhile. */
export async function until(isSo: () => unknown): Promise<void> {
  await vi.waitUntil(isSo, { timeout: PATIENCE_MS })
}

/** The clock of the page stands still until a test moves it on. */
export function stopClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
}
