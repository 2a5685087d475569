import type { LocationQueryRaw } from 'vue-router'
import type { View, ViewPage } from '@/api/types'

/** The filters and order of a page, as its address has them. */
export type Query = Readonly<Record<string, string | readonly string[]>>

export const VIEW_PATHS: Readonly<Record<ViewPage, string>> = { review: '/', decided: '/decided' }

/** Each parameter with its values. */
export function valuesOf(query: Query): Record<string, string[]> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value].flat()]))
}

/** Whether two addresses show the same. */
export function isSame(one: Query, other: Query): boolean {
  const plain = (query: Query): string =>
    JSON.stringify(
      Object.entries(valuesOf(query))
        .map(([name, values]) => [name, [...values].sort()] as const)
        .sort(([a], [b]) => a.localeCompare(b)),
    )
  return plain(one) === plain(other)
}

/** What the page's address says while the view is open. */
export function viewQuery({ name, query }: View): LocationQueryRaw {
  return { ...query, view: name }
}

/** The whole address of a view. */
export function viewAddress(view: View): string {
  const pairs = Object.entries(view.query).flatMap(([name, values]) => values.map((value) => [name, value]))
  return `${VIEW_PATHS[view.page]}?${new URLSearchParams([...pairs, ['view', view.name]]).toString()}`
}
