import { onBeforeUnmount } from 'vue'
import type { BulkTarget } from './bulk'
import { useBulkStore } from './bulkStore'

/** The bulk step for these cards, from its preview to its end. */
export function useBulk(target: BulkTarget) {
  const bulk = useBulkStore()
  bulk.begin(target)
  onBeforeUnmount(() => bulk.end())
  return bulk
}
