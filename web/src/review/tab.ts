const KEY = 'avocet.tab'
const LOCK = 'avocet.tab.'

/** This tab's name: the same after a reload, another in a tab that was duplicated from it. */
export const tab = ownName()

let living: Set<string> | null = null

/**
 * The name is in the tab's storage only while no page holds it: a duplicate of this tab gets a copy of the storage, and
 * would take the name with it.
 */
function ownName(): string {
  try {
    const name = sessionStorage.getItem(KEY)
    sessionStorage.removeItem(KEY)
    if (name) return name
  } catch {
    // Without storage a tab is another one after each reload.
  }
  return Math.random().toString(36).slice(2)
}

/** Says that this tab is there, and sees which others are. The browser ends a lock with its page, crashed or closed. */
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
  // Without HTTPS, and not on this machine, a browser has no locks.
  const seen = await navigator.locks?.query()
  living = seen ? new Set(seen.held?.map(({ name = '' }) => name.slice(LOCK.length))) : null
}

/** Null where that cannot be known. */
export function isLiving(name: string): boolean | null {
  return living && living.has(name)
}
