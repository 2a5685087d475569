import { onBeforeUnmount } from 'vue'
import type { SftFailureCategory, SftQueueItem } from '@/api/types'
import { useBulkStore } from './bulkStore'
import { useBulkTargetStore } from './bulkTargetStore'
import { useSftStore } from './sft'

/** More cards than this are shown before they are decided. */
const WITHOUT_PREVIEW = 10

export type SelectionVerdict = 'accept' | 'discard' | 'flag'
/** Each of the cards gets what a rule proposes for it. */
const AS_PROPOSED = { action: 'as_proposed', category: null, note: '' } as const

/** One decision for the selected cards, all of them or none. */
export function useSelectionStep() {
  const bulk = useBulkStore()
  onBeforeUnmount(() => bulk.end())

  async function decide(
    items: readonly SftQueueItem[],
    opened: readonly string[],
    said: { action: SelectionVerdict; category: SftFailureCategory | null; note: string; tags: string[] },
  ): Promise<void> {
    if (items.length > WITHOUT_PREVIEW) {
      useBulkTargetStore().begin({ kind: 'selected', items, opened, text: null, ...said })
      return
    }
    bulk.begin({ kind: 'selected', items, opened })
    bulk.count = items.length
    // Cards that were decided meanwhile leave the list, and with it the selection.
    if (!(await bulk.confirm(said)) && bulk.stale) await useSftStore().resync(true)
  }

  async function take(items: readonly SftQueueItem[], opened: readonly string[]): Promise<void> {
    const target = { kind: 'proposed', items, opened } as const
    const cards = items.filter(({ proposal }) => proposal).length
    if (cards > WITHOUT_PREVIEW) return useBulkTargetStore().begin(target)
    bulk.begin(target)
    bulk.count = cards
    if (!(await bulk.confirm(AS_PROPOSED)) && bulk.stale) await useSftStore().resync(true)
  }

  function forgive(): void {
    bulk.$patch({ error: null, stale: null })
  }

  return { bulk, decide, take, forgive }
}
