import type { BenchView } from '@/api/types'
import { inDigits } from '@/words/text'
import type { AskedModel } from './bench'

interface Link {
  name: 'cards' | 'scores' | 'compare'
  to: string
  label: string
}

/** Where to go on with a model's run; none before it is imported. */
export function linksOf(bench: BenchView, model: AskedModel): Link[] {
  const { run, imported, failed } = model
  if (!run || !imported) return []
  const before = beforeOf(bench, model)
  return [
    {
      name: 'cards',
      to: address('/', { run_id: run }),
      label: failed ? `Review ${inDigits(failed)} that failed` : 'Its cards',
    },
    { name: 'scores', to: address('/scores', { run_id: run }), label: 'Scores' },
    {
      name: 'compare',
      to: address('/compare', { ...(before ? { before } : {}), after: run }),
      label: before ? `Compare with ${before}` : 'Compare with…',
    },
  ]
}

/** The base's run of the same bench, for an adapter's; else Compare proposes one that asked the same items. */
function beforeOf({ models }: BenchView, { adapter }: AskedModel): string | null {
  const base = adapter ? models.find((one) => !one.adapter) : null
  return (base?.imported && base.run) || null
}

function address(path: string, query: Record<string, string>): string {
  return `${path}?${new URLSearchParams(query).toString()}`
}
