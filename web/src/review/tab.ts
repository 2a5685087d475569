const KEY = 'avocet.tab'
const LOCK = 'avocet.tab.'

/** This tab's name: kept over a reload, but not by a duplicate of the tab. */
export const tab = ownName()

let living: Set<string> | null = null

/**
 * The stored name, or a new one.
 * The name is in the tab's storage only while no page uses it, because duplicating a tab copies its storage and with
 * it the name.
 */
function ownName(): string {
  try {
    const name = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    if (name) return name
  } catch {
    // Without storage a tab has another name after each reload.
  }
  return Math.random().toString(36).slice(2)
}

/**
 * Announce this tab and see which others are open, by means of locks: the browser ends a lock with its page, crashed
 * or closed.
 */
export async function meetTabs(): Promise<void> {
  window.addEventListener('pagehide', () => {
    try {
      sessionStorage.setItem(KEY, tab)
    } catch {
      // As above.
    }
  })
  void navigator.locks?.request(LOCK + tab, () => new Promise(() => undefined))
  await lookForTabs()
}

export async function lookForTabs(): Promise<void> {
  // Browsers offer locks only on secure origins: HTTPS or this machine.
  const seen = await navigator.locks?.query()
  living = seen ? new Set(seen.held?.map(({ name = '' }) => name.slice(LOCK.length))) : null
}

/** Whether a tab is open; null if that cannot be known. */
export function isLiving(name: string): boolean | null {
  return living && living.has(name)
}
