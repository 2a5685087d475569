import type { LocationQuery } from 'vue-router'
import type { ExportQuery, SftAction } from '@/api/types'
import { CATEGORIES, UNCATEGORISED } from './categories'

export type Choice = 'any' | 'only' | 'without'

/** What the export page asks for; the same thing in the URL, the preview, the download and the command line. */
export interface ExportWish {
  format: string
  include_category: string[]
  exclude_category: string[]
  action: string[]
  run_id: string[]
  model_name: string[]
  task_type: string[]
}

export const EXPORT_CATEGORIES: readonly string[] = [...CATEGORIES.map(({ value }) => value), UNCATEGORISED]
export const EXPORT_ACTIONS: readonly SftAction[] = ['correct', 'accept', 'discard', 'flag']

const LISTS = ['include_category', 'exclude_category', 'action', 'run_id', 'model_name', 'task_type'] as const
export type ExportList = (typeof LISTS)[number]

export function readWish(query: LocationQuery): ExportWish {
  const wish = { format: list(query['format'])[0] ?? 'sft' } as ExportWish
  for (const name of LISTS) wish[name] = list(query[name])
  return wish
}

/** Without its defaults, for the page's own URL. */
export function writeWish(wish: ExportWish): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  if (wish.format !== 'sft') query['format'] = wish.format
  for (const name of LISTS) if (wish[name].length) query[name] = [...wish[name]]
  return query
}

export function exportQuery(wish: ExportWish): ExportQuery {
  const query: Record<string, unknown> = { format: wish.format }
  for (const name of LISTS) if (wish[name].length) query[name] = [...wish[name]]
  return query as ExportQuery
}

export function downloadUrl(wish: ExportWish): string {
  const search = new URLSearchParams({ format: wish.format })
  for (const name of LISTS) for (const value of wish[name]) search.append(name, value)
  return `/api/sft/export?${search}`
}

export function commandLine(wish: ExportWish): string {
  const words = ['avocet', 'export', '--format', wish.format]
  for (const name of LISTS)
    for (const value of wish[name]) words.push(`--${name.replace('_', '-')}`, quote(value))
  return words.join(' ')
}

export function choiceOf(wish: ExportWish, category: string): Choice {
  if (wish.include_category.includes(category)) return 'only'
  return wish.exclude_category.includes(category) ? 'without' : 'any'
}

export function choose(wish: ExportWish, category: string, choice: Choice): ExportWish {
  const others = (values: string[]) => values.filter((value) => value !== category)
  return {
    ...wish,
    include_category:
      choice === 'only' ? [...others(wish.include_category), category] : others(wish.include_category),
    exclude_category:
      choice === 'without' ? [...others(wish.exclude_category), category] : others(wish.exclude_category),
  }
}

function list(value: LocationQuery[string] | undefined): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter((item): item is string => Boolean(item))
}

/** For a POSIX shell; plain words stay readable. */
function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
