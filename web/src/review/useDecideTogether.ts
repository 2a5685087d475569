import type { Ref } from 'vue'
import type { SftQueueItem } from '@/api/types'
import type { Begun } from './bulk'
import { useBulkTargetStore } from './bulkTargetStore'
import { NO_FILTERS, type QueueFilters } from './queueFilters'
import { useSftStore } from './sft'
import { useSimilarStore } from './similarStore'

/**
 * Steps over many cards, which take over what was begun on the card.
 * `begun`: that, null if it can't be sent as it is, undefined without a card on screen.
 */
export function useDecideTogether(
  begun: () => Begun | null | undefined,
  filters: Readonly<Ref<QueueFilters>>,
) {
  const store = useSftStore()
  const similar = useSimilarStore()
  const bulk = useBulkTargetStore()

  function decideSimilar(): void {
    const { current } = store
    if (!current || !similar.counts[current.id]) return
    const said = begun()
    if (said) bulk.begin({ kind: 'like', item: current, ...said })
  }

  function decideSameShape({ reason_shape: shape, task_type, outcome }: SftQueueItem): void {
    const said = begun()
    const failing = {
      ...NO_FILTERS,
      shape: shape ? [shape] : null,
      task_type: task_type ? [task_type] : null,
      outcome: outcome === 'failed' ? null : outcome,
    }
    if (said) bulk.begin({ kind: 'queue', filters: failing, ...said })
  }

  function decideAll(): void {
    const said = begun()
    if (said !== null) bulk.begin({ kind: 'queue', filters: filters.value, ...said })
  }

  return { decideSimilar, decideSameShape, decideAll }
}
