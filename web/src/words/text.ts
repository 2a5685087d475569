import type { SftQueueItem } from '@/api/types'

type Named = Pick<SftQueueItem, 'task_name' | 'task_id' | 'id'> &
  Partial<Pick<SftQueueItem, 'task_type' | 'item_id'>>

/** The name of a card in toasts and headings: its task's, else task and item as the harness counts them. */
export function cardName(item: Named): string {
  return item.task_name ?? taskAndItem(item) ?? item.task_id ?? item.id
}

/** "gsm8k · 17"; null where the harness has no item or the item's own name says the task. */
export function taskAndItem({ task_type: task, item_id: name }: Partial<Named>): string | null {
  return task && name && !name.startsWith(task) ? `${task} · ${name}` : null
}

// Created once: creating one takes longer than all the formatting it ever does for a card.
const digits = new Intl.NumberFormat()
const shortDate = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const fullDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long' })

/** A verb for one, and for several. */
const IS: readonly [string, string] = ['is', 'are']
export const WAS: readonly [string, string] = ['was', 'were']

export function inDigits(number: number): string {
  return digits.format(number)
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${inDigits(number)} ${number === 1 ? one : many}`
}

/** The head of a sentence about every one: "All 5 cards are", "The only card is". */
export function allAre(number: number, one: string, [is, are] = IS): string {
  return number === 1 ? `The only ${one} ${is}` : `All ${count(number, one)} ${are}`
}

/** The head of a sentence about some of them: "1 of 5 cards is". */
export function someAre(part: number, whole: number, one: string, [is, are] = IS): string {
  return `${inDigits(part)} of ${count(whole, one)} ${part === 1 ? is : are}`
}

/** Local date and time, short; the full form belongs in a title. */
export function shortTime(iso: string | null | undefined): string {
  const date = parse(iso)
  return date ? shortDate.format(date) : ''
}

export function fullTime(iso: string | null | undefined): string {
  const date = parse(iso)
  return date ? fullDate.format(date) : ''
}

/** A duration in words: seconds under a minute, then minutes, then hours. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`
}

/**
 * The path of a card's page.
 * Slashes stay readable. An id with an empty, `.` or `..` part becomes a query instead: browsers resolve dots, and
 * routers drop a trailing slash.
 */
export function cardPath(id: string): string {
  const parts = id.split('/').map(encodeURIComponent)
  return parts.some((part) => /^\.{0,2}$/.test(part))
    ? `/cards?id=${encodeURIComponent(id)}`
    : `/cards/${parts.join('/')}`
}

/** The path of the page that previews a run of the results folder. */
export function lookPath(runId: string): string {
  return `/import/run/${runId.split('/').map(encodeURIComponent).join('/')}`
}

function parse(iso: string | null | undefined): Date | null {
  if (!iso) return null
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? null : date
}
