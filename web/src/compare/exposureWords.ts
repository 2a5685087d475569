import type { Compared } from '@/api/types'
import { count, inDigits } from '@/words/text'

export type Exposure = NonNullable<Compared['exposure']>
type SideExposure = Exposure['before']

export const HOW_WORDS: Readonly<Record<SideExposure['datasets'][number]['how'], string>> = {
  run: 'by the run’s own folder',
  name: 'by the model’s name',
  given: 'as you said',
}

/** The exposed items of a comparison and the others; null where no exposed item is known. */
export function exposedParts({ exposure }: Compared): Exposure | null {
  return exposure?.exposed.items ? exposure : null
}

export function exposureFinding({ exposed, rest }: Exposure): string {
  return `${inDigits(exposed.items)} of ${count(exposed.items + rest.items, 'compared item')} exposed`
}

/** What is known of the sides' trainings; of a side of which nothing is known, just that. */
export function exposureLines({ exposure, before, after }: Compared): string[] {
  if (!exposure) return ['What the sides were trained on is not known, so no item can be told to be exposed.']
  return [...sideLines(exposure.before, before.name), ...sideLines(exposure.after, after.name)]
}

function sideLines({ datasets, items }: SideExposure, name: string): string[] {
  if (!datasets.length) return [`What ${name} was trained on is not known.`]
  const listed = datasets.map((one) => `${one.name}, ${HOW_WORDS[one.how]}`).join('; ')
  const unnamed = datasets.reduce((sum, one) => sum + one.unnamed, 0)
  const said = items
    ? `${count(items, 'compared item')} stood in what ${name} was trained on`
    : `No compared item stood in what ${name} was trained on`
  const rows = unnamed
    ? [`${count(unnamed, 'row')} of what ${name} was trained on can’t be traced to an item.`]
    : []
  return [`${said} (${listed}).`, ...rows]
}
