import type { SftFailureCategory } from '@/api/types'

/** What a reviewer has typed or chosen on one card and not yet sent. */
export interface Draft {
  /** True while the editor was open: it opens again after a reload. */
  editing: boolean
  text: string | null
  category: SftFailureCategory | null
  note: string
}

const PREFIX = 'avocet.draft.'
/** What the browser had no room for: it lasts as long as the page, over the cards in between. */
const unstored = new Map<string, Draft>()

export function loadDraft(id: string): Draft | null {
  const held = unstored.get(id)
  if (held) return held
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFIX + id) ?? 'null')
    return isDraft(stored) ? stored : null
  } catch {
    return null
  }
}

/** False when the browser has no room left (or no storage at all): the text then lives only in the page. */
export function saveDraft(id: string, draft: Draft): boolean {
  unstored.delete(id)
  try {
    if (isEmpty(draft)) localStorage.removeItem(PREFIX + id)
    else localStorage.setItem(PREFIX + id, JSON.stringify(draft))
    return true
  } catch {
    if (!isEmpty(draft)) unstored.set(id, draft)
    return false
  }
}

export function clearDraft(id: string): void {
  unstored.delete(id)
  try {
    localStorage.removeItem(PREFIX + id)
  } catch {
    // Without storage there is nothing to clear.
  }
}

function isEmpty(draft: Draft): boolean {
  return draft.text === null && draft.category === null && draft.note === ''
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== 'object' || value === null) return false
  const { text, note } = value as Partial<Record<keyof Draft, unknown>>
  return (text === null || typeof text === 'string') && typeof note === 'string'
}
