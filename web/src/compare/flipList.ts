import type { ComparedItem } from '@/api/types'
import type { Kind } from './compareWords'

export type FlipOrder = 'kind' | 'task'

/** Broken ones first, or by task and then broken ones first. */
export function ordered(items: readonly ComparedItem[], order: FlipOrder): ComparedItem[] {
  if (order === 'kind') return [...items]
  return items
    .map((item, index) => ({ item, index }))
    .sort((one, other) => one.item.task.localeCompare(other.item.task) || one.index - other.index)
    .map(({ item }) => item)
}

export function itemName({ title, item }: Pick<ComparedItem, 'title' | 'item'>): string {
  return title ?? item ?? 'Item without a card'
}

/** The category of the side that is wrong, if a reader gave it one. */
export function categoryOf({ kind, before, after }: ComparedItem): string | null {
  return kind === 'fixed' ? before.category : (after.category ?? before.category)
}

/** The first item of a kind, and of a task if one is named; -1 if there is none. */
export function firstOf(items: readonly ComparedItem[], kind: Kind, task: string | null): number {
  return items.findIndex((item) => item.kind === kind && (task === null || item.task === task))
}

export function cardsOf(item: ComparedItem | undefined): string[] {
  return [item?.before.card, item?.after.card].filter((id): id is string => Boolean(id))
}
