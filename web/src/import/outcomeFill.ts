import type { Fill } from '@/plot/fills'
import type { Outcome } from './importSection'

/**
 * Failures stand out, because they are what the reviewer came for; the others differ by pattern as well as by shade.
 */
export const OUTCOME_FILL: Readonly<Record<Outcome['name'], Fill>> = {
  failed: 'var(--bad)',
  passed: 'color-mix(in srgb, var(--edge) 70%, var(--card))',
  errored: { ink: 'var(--warn)', ground: 'var(--warn-soft)', width: 3, apart: 6, angle: 45 },
  unscored: { ink: 'var(--edge)', ground: 'var(--card)', width: 1, apart: 4, angle: 0 },
}
