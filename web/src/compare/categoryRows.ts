import type { Compared } from '@/api/types'
import { CATEGORIES, categoryLabel, UNCATEGORISED } from '@/words/categories'
import { count, inDigits } from '@/words/text'

type Counts = Compared['categories'][number]

export interface CategoryLine extends Counts {
  label: string
  colour: string
}

/** Wrong items by category in the order of the chips, those that nobody read last. */
export function categoryLines(rows: Compared['categories']): CategoryLine[] {
  const order = [...CATEGORIES.map(({ value }) => value as string), null]
  return [...rows]
    .sort((one, other) => order.indexOf(one.category) - order.indexOf(other.category))
    .map((row) => ({
      ...row,
      label: row.category ? categoryLabel(row.category) : 'Not read, or without a category',
      colour: `var(--cat-${row.category ?? UNCATEGORISED})`,
    }))
}

/** The largest change; but where wrong answers were not read, no category can be told from the others. */
export function categoryFinding(rows: Compared['categories']): string {
  const unread = rows.find(({ category }) => category === null)
  if (unread)
    return `Of the wrong answers, ${inDigits(unread.before)} before and ${inDigits(unread.after)} after have no category`
  const most = [...rows].sort(
    (one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before),
  )[0]
  if (!most) return 'No answer is wrong on either side'
  if (most.after === most.before) return 'No category changed'
  const by = most.after - most.before
  return `${categoryLabel(most.category)}: ${count(Math.abs(by), 'item')} ${by > 0 ? 'more' : 'fewer'} after`
}
