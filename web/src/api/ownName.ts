const STORED = 'avocet.reviewer'
let name = stored()

/** The name under which this browser decides; empty for the server's. */
export const ownName = (): string => name

export function keepName(chosen: string): void {
  name = chosen
  try {
    localStorage.setItem(STORED, chosen)
  } catch {
    // Without storage the name lasts until the page is left.
  }
}

function stored(): string {
  try {
    return localStorage.getItem(STORED) ?? ''
  } catch {
    return ''
  }
}
