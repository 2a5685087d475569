import type { LocationQuery, RouteLocationRaw } from 'vue-router'

/** What the page, or a row of it, is narrowed to. */
export interface Scope {
  run_id?: string
  model_name?: string
  task_type?: string
}

const NAMES = ['run_id', 'model_name', 'task_type'] as const

export function readScope(query: LocationQuery): Scope {
  const given = NAMES.flatMap((name) => {
    const value = query[name]
    const first = Array.isArray(value) ? value[0] : value
    return first ? [[name, first]] : []
  })
  return Object.fromEntries(given)
}

/** The failures that somebody opened and decided. */
export function readCards(scope: Scope, more: Record<string, string> = {}): RouteLocationRaw {
  return { path: '/decided', query: { ...scope, outcome: 'failed', reading: 'any', ...more } }
}

/** The failures that wait. */
export function waitingCards(scope: Scope, more: Record<string, string> = {}): RouteLocationRaw {
  return { path: '/', query: { ...scope, ...more } }
}
