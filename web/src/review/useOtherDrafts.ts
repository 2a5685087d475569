import { onBeforeUnmount, ref, watch } from 'vue'
import { forgetStored, ownDraft, saveDraft, store, type StoredDraft, storedDrafts } from './drafts'
import { isLiving, lookForTabs } from './tab'

export interface OtherDraft extends StoredDraft {
  /** Whether the tab that typed it is still open; null if that cannot be known. */
  living: boolean | null
}

/** Drafts that other tabs hold for this card and that differ from this tab's. */
export function useOtherDrafts(id: () => string) {
  const others = ref<OtherDraft[]>([])

  async function look(): Promise<void> {
    await lookForTabs()
    // Looking takes nothing over: a tab in the background would take what another one is about to open.
    const own = ownDraft(id())
    others.value = storedDrafts(id())
      .filter(({ draft }) => isTyped(draft) && !(own && saysTheSame(own, draft)))
      .map((one) => ({ ...one, living: isLiving(one.tab) }))
  }

  /** Use another draft instead of this tab's, which is kept as one of the others. */
  async function take(other: OtherDraft): Promise<void> {
    const own = ownDraft(id())
    if (own) store(id(), own, `kept${Date.now()}`)
    saveDraft(id(), { ...other.draft, editing: other.draft.text !== null })
    if (other.living === false) forgetStored(other.key)
    await look()
  }

  function throwAway(other: OtherDraft): void {
    forgetStored(other.key)
    void look()
  }

  const hear = (): void => void look()
  watch(id, hear, { immediate: true })
  window.addEventListener('storage', hear)
  onBeforeUnmount(() => window.removeEventListener('storage', hear))
  return { others, take, throwAway, look }
}

function isTyped({ text, note, reference, tags, must, must_not }: StoredDraft['draft']): boolean {
  return text !== null || note !== '' || (reference ?? null) !== null || Boolean(tags || must || must_not)
}

function saysTheSame(one: StoredDraft['draft'], other: StoredDraft['draft']): boolean {
  return (
    one.text === other.text &&
    one.note === other.note &&
    one.category === other.category &&
    (one.fault ?? null) === (other.fault ?? null) &&
    (one.reference ?? null) === (other.reference ?? null) &&
    lists(one) === lists(other)
  )
}

function lists({ tags, must, must_not }: StoredDraft['draft']): string {
  return JSON.stringify([tags, must, must_not])
}
