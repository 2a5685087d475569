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
  if (!rows.length) return 'No answer is wrong on either side'
  const size = ({ before, after }: Counts): number => Math.abs(after - before)
  const most = Math.max(...rows.map(size))
  if (!most) return 'No category changed'
  const [first, ...others] = rows.filter((row) => size(row) === most)
  if (!first || others.length) return `No category changed by more than ${count(most, 'item')}`
  return `${categoryLabel(first.category)}: ${count(most, 'item')} ${first.after > first.before ? 'more' : 'fewer'} after`
}
