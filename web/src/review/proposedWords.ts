import type { Proposal, SftQueueItem, VerdictCount } from '@/api/types'
import { categoryLabel } from '@/words/categories'

/** What a proposal does and why, for whoever does not see where it stands. */
export function proposalName({ action, category, why }: Proposal): string {
  const does = action === 'correct' ? 'Correct with the reference' : 'Accept'
  return `Proposal: ${does}, ${categoryLabel(category)}. Because: ${why}`
}

/** Why, in few words, and what stands in place of the answer. */
export function because({ action, why }: Proposal): string {
  return action === 'correct' ? `${why} → reference` : why
}

export interface ProposedWords {
  /** The few words on the button. */
  because: string
  /** The category, if all get the same. */
  category: Proposal['category'] | null
  name: string
}

/** What the selected cards would get; null if there is a proposal for none. */
export function proposedWords(items: readonly SftQueueItem[]): ProposedWords | null {
  const all = items.flatMap(({ proposal }) => proposal ?? [])
  const [first] = all
  if (!first) return null
  const isOne = all.every((one) => because(one) === because(first) && one.category === first.category)
  const some = all.length < items.length ? `${all.length} of ${items.length}` : ''
  const name = `As proposed${some && `, ${some}`}: ${verdictWords(countVerdicts(all))}`
  return isOne
    ? { because: `${some ? `${some}:` : 'all'} ${because(first)}`, category: first.category, name }
    : { because: `As proposed${some && `, ${some}`}: ${shortly(all)}`, category: null, name }
}

/** How many of each verdict, the commonest first. */
export function countVerdicts(proposals: readonly Proposal[]): VerdictCount[] {
  const counts = new Map<string, VerdictCount>()
  for (const { action, category } of proposals) {
    const key = `${action} ${category}`
    counts.set(key, { action, category, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

/** "2 accept, Scoring artifact; 1 correct, Wrong answer". */
export function verdictWords(verdicts: readonly VerdictCount[]): string {
  return verdicts
    .map(({ action, category, count }) => `${count} ${action}, ${categoryLabel(category)}`)
    .join('; ')
}

function shortly(proposals: readonly Proposal[]): string {
  const actions = [...new Set(proposals.map(({ action }) => action))]
  const number = (wanted: string) => proposals.filter(({ action }) => action === wanted).length
  return actions.map((action) => `${number(action)} ${action}`).join(', ')
}
