import type { LocationQuery } from 'vue-router'
import type {
  ExportPreview,
  ExportQuery,
  ExportRecipe,
  FormatFacts,
  FormatInfo,
  SavedRecipe,
  SftAction,
  Splits,
} from '@/api/types'
import { CATEGORIES, UNCATEGORISED } from '@/words/categories'
import { FACTS } from '@/words/facts'
import { inDigits } from '@/words/text'

export type Choice = 'any' | 'only' | 'without'

export const EXPORT_CATEGORIES: readonly string[] = [...CATEGORIES.map(({ value }) => value), UNCATEGORISED]
export const EXPORT_ACTIONS: readonly SftAction[] = ['correct', 'accept', 'discard', 'flag']

/** For each kind of value, the list that takes it and the list that leaves it out. */
export const PAIRS = {
  category: ['include_category', 'exclude_category'],
  action: ['action', 'exclude_action'],
  run: ['run_id', 'exclude_run_id'],
  model: ['model_name', 'exclude_model_name'],
  task: ['task_type', 'exclude_task_type'],
  reviewer: ['reviewer', 'exclude_reviewer'],
  tag: ['tags', 'not_tags'],
} as const
export type Kind = keyof typeof PAIRS
export type ExportList = (typeof PAIRS)[Kind][number]

const LISTS: readonly ExportList[] = Object.values(PAIRS).flat()
const WORDS = ['since', 'until', 'text', 'exclude_text'] as const
const NUMBERS = ['min_score', 'max_score', 'min_change', 'max_change'] as const
const RULES = ['artifact_pairs', 'unchanged_pairs', 'duplicates'] as const
export type ExportRule = (typeof RULES)[number]

/** The choices of the export page, the same in the URL, the preview, the recipe and the command line. */
/** `failure_tags`: whether a column has the tags. */
export type ExportWish = { format: string; splits: Splits | null; failure_tags: boolean } & Record<
  ExportList,
  string[]
> &
  Record<(typeof WORDS)[number], string | null> &
  Record<(typeof NUMBERS)[number], number | null> &
  Record<ExportRule, boolean>

export const NO_WISH = readWish({})

export function readWish(query: LocationQuery): ExportWish {
  const wish = {
    format: list(query['format'])[0] ?? 'sft',
    splits: readSplits(query),
    failure_tags: query['failure_tags'] === 'true',
  } as ExportWish
  for (const name of LISTS) wish[name] = list(query[name])
  for (const name of WORDS) wish[name] = list(query[name])[0] ?? null
  for (const name of NUMBERS) wish[name] = number(query[name])
  for (const name of RULES) wish[name] = query[name] === 'true'
  return wish
}

/** The choices as a URL query, without the defaults. A recipe's name alone means the recipe as it was saved. */
export function writeWish(wish: ExportWish, recipe: string | null = null): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(exportQuery(wish)))
    query[name] = Array.isArray(value) ? value.map(String) : String(value)
  if (!recipe && wish.format === 'sft') delete query['format']
  return recipe ? { recipe, ...query } : query
}

export function exportQuery(wish: ExportWish): ExportQuery {
  const query: Record<string, unknown> = { format: wish.format, ...filterOf(wish) }
  if (wish.splits) {
    const { salt, ...shares } = wish.splits
    Object.assign(query, shares, salt ? { salt } : {})
  }
  for (const name of RULES) if (wish[name]) query[name] = true
  if (writesTags(wish)) query['failure_tags'] = true
  return query as ExportQuery
}

/** The choices as a recipe: what is saved, and what an export is written from. */
export function recipeOf(wish: ExportWish): ExportRecipe {
  const rules = Object.fromEntries(RULES.map((name) => [name, wish[name]]))
  const column = writesTags(wish) && { failure_tags: true }
  return {
    format: wish.format,
    filter: filterOf(wish),
    splits: wish.splits,
    rules,
    ...column,
  } as ExportRecipe
}

/** The choices of a recipe, which leaves out its defaults. */
export function wishOf(recipe: SavedRecipe['recipe']): ExportWish {
  const { format, filter, splits, rules, failure_tags } = recipe as Partial<ExportRecipe>
  const named = { ...(format && { format }), ...(failure_tags && { failure_tags }) }
  return { ...NO_WISH, ...named, splits: splits ?? null, ...filter, ...rules }
}

export function sameWish(one: ExportWish, other: ExportWish): boolean {
  const text = (wish: ExportWish) => JSON.stringify(Object.entries(exportQuery(wish)).sort())
  return text(one) === text(other)
}

export function downloadUrl(wish: ExportWish): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(exportQuery(wish)))
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  return `/api/sft/export?${search}`
}

export function commandLine(wish: ExportWish, recipe: string | null = null): string {
  if (recipe) return `avocet export --recipe ${quote(recipe)}`
  const words = ['avocet', 'export', '--format', wish.format]
  for (const [name, value] of Object.entries(filterOf(wish)))
    for (const one of Array.isArray(value) ? value : [value]) words.push(option(name), quote(String(one)))
  if (wish.splits) {
    const { train, validation, test, salt } = wish.splits
    words.push('--split', `${train}/${validation}/${test}`)
    if (salt) words.push('--salt', quote(salt))
  }
  for (const name of RULES) if (wish[name]) words.push(option(name))
  if (writesTags(wish)) words.push('--failure-tags')
  return words.join(' ')
}

export function choiceOf(wish: ExportWish, kind: Kind, value: string): Choice {
  const [only, without] = PAIRS[kind]
  if (wish[only].includes(value)) return 'only'
  return wish[without].includes(value) ? 'without' : 'any'
}

export function choose(wish: ExportWish, kind: Kind, value: string, choice: Choice): ExportWish {
  const [only, without] = PAIRS[kind]
  const others = (values: readonly string[]) => values.filter((other) => other !== value)
  return {
    ...wish,
    [only]: [...others(wish[only]), ...(choice === 'only' ? [value] : [])],
    [without]: [...others(wish[without]), ...(choice === 'without' ? [value] : [])],
  }
}

function fact(name: string): FormatFacts | undefined {
  return FACTS.formats.find((format) => format.name === name)
}

/** Whether a format can be split: whole records are for moving and reading, not for training. */
export function canSplit(format: string): boolean {
  return fact(format)?.can_split ?? true
}

/** Whether rows of this format can have a column of tags; records have them anyway. */
export function hasTagsColumn(format: string): boolean {
  return canSplit(format) || format === 'csv'
}

function writesTags({ failure_tags, format }: ExportWish): boolean {
  return failure_tags && hasTagsColumn(format)
}

/** Whether an export in this format can't be made again: it holds undecided cards, whose state is not kept. */
export function isOfTheMoment(format: string): boolean {
  return !(fact(format)?.is_kept ?? true)
}

/** The formats in the groups and the order of the server. */
export function grouped(formats: readonly FormatInfo[]): { title: string; formats: FormatInfo[] }[] {
  const titles = new Set(formats.map(({ name }) => fact(name)?.group ?? ''))
  return [...titles].map((title) => ({
    title,
    formats: formats.filter(({ name }) => (fact(name)?.group ?? '') === title),
  }))
}

/** Quote a word for a POSIX shell; plain words stay as they are. */
export function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** Options are named in the singular. */
const SINGULAR: Readonly<Record<string, string>> = { tags: 'tag', not_tags: 'not_tag' }

function option(name: string): string {
  return `--${(SINGULAR[name] ?? name).replaceAll('_', '-')}`
}

function filterOf(wish: ExportWish): Record<string, string | number | string[]> {
  const filter: Record<string, string | number | string[]> = {}
  for (const name of LISTS) if (wish[name].length) filter[name] = [...wish[name]]
  for (const name of [...WORDS, ...NUMBERS]) {
    const value = wish[name]
    if (value !== null && value !== '') filter[name] = value
  }
  return filter
}

function readSplits(query: LocationQuery): Splits | null {
  const train = number(query['train'])
  if (train === null) return null
  return {
    train,
    validation: number(query['validation']) ?? 0,
    test: number(query['test']) ?? 0,
    salt: list(query['salt'])[0] ?? '',
  }
}

function number(value: LocationQuery[string] | undefined): number | null {
  const [written] = list(value)
  const read = Number(written)
  return written !== undefined && Number.isFinite(read) ? read : null
}

function list(value: LocationQuery[string] | undefined): string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter((item): item is string => Boolean(item))
}

const STATUS_WORDS = { approved: 'approved', discarded: 'discarded', model_rejected: 'flagged' } as const

export function decidedTotal({ by_status }: Pick<ExportPreview, 'by_status'>): number {
  return Object.values(by_status).reduce((sum, number) => sum + number, 0)
}

/** The number of cards that an export takes from: the decided ones, or more where the format takes others too. */
export function takenFrom(preview: Pick<ExportPreview, 'by_status' | 'statuses' | 'decided'>) {
  return preview.statuses.includes('needs_review')
    ? { value: preview.decided, unit: 'candidate' }
    : { value: decidedTotal(preview), unit: 'decided candidate' }
}

/** "36 decided: 16 approved; 20 discarded or flagged give no row." */
export function decidedSentence(preview: Pick<ExportPreview, 'by_status' | 'statuses'>): string {
  const { by_status, statuses } = preview
  const standing = Object.entries(STATUS_WORDS)
    .map(([status, word]) => ({ status, word, number: by_status[status] ?? 0 }))
    .filter(({ number }) => number)
  const left = standing.filter(({ status }) => !statuses.includes(status))
  const number = left.reduce((sum, one) => sum + one.number, 0)
  const parts = standing
    .filter((one) => !left.includes(one))
    .map((one) => `${inDigits(one.number)} ${one.word}`)
  const words = left.map(({ word }) => word).join(' or ')
  const none = number ? `${inDigits(number)} ${words} ${number === 1 ? 'gives' : 'give'} no row` : ''
  const rows = [parts.join(', '), none].filter(Boolean).join('; ')
  return `${[`${inDigits(decidedTotal(preview))} decided`, rows].filter(Boolean).join(': ')}.`
}
