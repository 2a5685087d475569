import type { CheckFault, SftFailureCategory } from '@/api/types'
import { isLiving, tab } from './tab'

/** What a reviewer typed or chose on one card and has not sent yet. */
export interface Draft {
  /** Whether the editor was open; it then opens again after a reload. */
  editing: boolean
  text: string | null
  category: SftFailureCategory | null
  note: string
  /** Absent in a draft that has none. */
  fault?: CheckFault | null
  /** The corrected reference as it was typed; absent or null if nothing was. */
  reference?: string | null
  /** Absent if they are as they stood. */
  tags?: string[]
  must?: string[]
  must_not?: string[]
}

/** The lists of a decision that hold something, for a draft of it. */
export function listsIn(said: Pick<Required<Draft>, 'tags' | 'must' | 'must_not'>): Partial<typeof said> {
  const { tags, must, must_not } = said
  return Object.fromEntries(Object.entries({ tags, must, must_not }).filter(([, list]) => list.length))
}

/** A draft in the browser's storage, which all tabs share, with the tab that typed it. */
export interface StoredDraft {
  key: string
  /** Empty if it was stored before drafts belonged to tabs. */
  tab: string
  at: number
  draft: Draft
}

const PREFIX = 'avocet.typed.'
const OLD_PREFIX = 'avocet.draft.'

/** The drafts of this tab. The storage holds only a copy, for a reload and for other tabs. */
const mine = new Map<string, Draft>()
/** Drafts taken over from a tab that may still be open, so that one thrown away here is not taken over again. */
const taken = new Set<string>()

/** What this tab itself typed on a card; null if it typed nothing. */
export function ownDraft(id: string): Draft | null {
  return mine.get(id) ?? storedDrafts(id).find((one) => one.tab === tab)?.draft ?? null
}

/** This tab's own draft, or else the newest one from a tab that is gone, which is taken over. */
export function loadDraft(id: string): Draft | null {
  const held = mine.get(id)
  if (held) return held
  const stored = storedDrafts(id).filter((one) => one.tab === tab || isAdrift(one))
  const found = stored.find((one) => one.tab === tab) ?? stored[0]
  if (!found) return null
  saveDraft(id, found.draft)
  if (found.tab !== tab) {
    taken.add(found.key)
    if (isLiving(found.tab) === false) forgetStored(found.key)
  }
  return found.draft
}

/**
 * Keep a draft. False if the browser has no room (or no storage at all): the draft then lasts only as long as the
 * page.
 */
export function saveDraft(id: string, draft: Draft): boolean {
  if (isEmpty(draft)) {
    clearDraft(id)
    return true
  }
  mine.set(id, draft)
  return store(id, draft)
}

/** Clear this tab's draft: what another tab typed is not this one's to throw away. */
export function clearDraft(id: string): void {
  mine.delete(id)
  forgetStored(keyOf(id))
}

/** The drafts of all tabs, newest first. */
export function storedDrafts(id: string): StoredDraft[] {
  return storedKeys()
    .map((key) => readStored(key, id))
    .filter((one) => one !== null)
    .sort((a, b) => b.at - a.at)
}

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage)
  } catch {
    return []
  }
}

export function store(id: string, draft: Draft, owner = tab): boolean {
  try {
    localStorage.setItem(keyOf(id, owner), JSON.stringify({ ...draft, at: Date.now() }))
    return true
  } catch {
    // No draft is better than one that is no longer what was typed.
    forgetStored(keyOf(id, owner))
    return false
  }
}

export function forgetStored(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Without storage there is nothing to clear.
  }
}

/** Start over as a page that was just opened does. */
export function forgetPage(): void {
  mine.clear()
  taken.clear()
}

function keyOf(id: string, owner = tab): string {
  return `${PREFIX}${owner}.${id}`
}

function isAdrift({ key, tab: owner }: StoredDraft): boolean {
  return !isLiving(owner) && !taken.has(key)
}

function readStored(key: string, id: string): StoredDraft | null {
  const owner = key === OLD_PREFIX + id ? '' : ownerOf(key, id)
  if (owner === null) return null
  try {
    const { at, ...draft } = JSON.parse(localStorage.getItem(key) ?? 'null') ?? {}
    return isDraft(draft) ? { key, tab: owner, at: Number(at) || 0, draft } : null
  } catch {
    return null
  }
}

/** The tab that owns a draft; null for another card's key. A tab's name has no dot, a card's id may have some. */
function ownerOf(key: string, id: string): string | null {
  const owner = key.slice(PREFIX.length, -id.length - 1)
  return key === keyOf(id, owner) && !owner.includes('.') ? owner : null
}

export function isEmpty({
  text,
  category,
  note,
  fault,
  reference,
  ...lists
}: Omit<Draft, 'editing'>): boolean {
  const says = text !== null || category !== null || note !== '' || fault || (reference ?? null) !== null
  return !says && !lists.tags && !lists.must && !lists.must_not
}

function isDraft(value: unknown): value is Draft {
  const { text, note } = value as Partial<Record<keyof Draft, unknown>>
  return (text === null || typeof text === 'string') && typeof note === 'string'
}
