import type { Choices } from './importSection'

const PREFIX = 'avocet.import.'

/** The choices made for an upload, kept in this tab until it is imported or thrown away. */
export function loadChoices(key: string): Record<string, Choices> {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Record<string, Choices>) : {}
  } catch {
    return {}
  }
}

export function saveChoices(key: string, choices: Record<string, Choices>): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(choices))
  } catch {
    // Without storage the choices last only as long as the page.
  }
}

export function forgetChoices(key: string): void {
  try {
    sessionStorage.removeItem(PREFIX + key)
  } catch {
    // Then nothing had been kept.
  }
}
