import type { SftQueueItem } from '@/api/types'

type Detailed = Pick<SftQueueItem, 'details'>

export function detailsOf({ details }: Detailed): Readonly<Record<string, unknown>> {
  const isObject = typeof details === 'object' && details !== null && !Array.isArray(details)
  return isObject ? (details as Record<string, unknown>) : {}
}

/** Beside the task's name: which part of it, and which of several tries. */
export function whichOne(item: Detailed): string {
  const { subset, epoch } = detailsOf(item)
  const parts = [typeof subset === 'string' ? subset : '', Number(epoch) > 1 ? `epoch ${String(epoch)}` : '']
  return parts.filter(Boolean).join(' · ')
}
