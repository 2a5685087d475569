import type { SftQueueItem } from '@/api/types'

type Detailed = Pick<SftQueueItem, 'details'>

export function detailsOf({ details }: Detailed): Readonly<Record<string, unknown>> {
  const isObject = typeof details === 'object' && details !== null && !Array.isArray(details)
  return isObject ? (details as Record<string, unknown>) : {}
}

/** Which part of its task an item is, and which of several tries, to be shown beside the task's name. */
export function whichOne(item: Detailed): string {
  const { subset, epoch } = detailsOf(item)
  const parts = [typeof subset === 'string' ? subset : '', Number(epoch) > 1 ? `epoch ${String(epoch)}` : '']
  return parts.filter(Boolean).join(' · ')
}
