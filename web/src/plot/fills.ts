import type { Outcome } from '@/importSection'

/** Stripes of `ink`, `width` pixels of every `apart`, turned by `angle` degrees from upright. */
export interface Stripes {
  ink: string
  ground: string
  width: number
  apart: number
  angle: number
}

export type Fill = string | Stripes

/** What failed is what one came for; the rest recedes, told apart by pattern as well as by shade. */
export const OUTCOME_FILL: Readonly<Record<Outcome['name'], Fill>> = {
  failed: 'var(--bad)',
  passed: 'color-mix(in srgb, var(--edge) 70%, var(--card))',
  errored: { ink: 'var(--warn)', ground: 'var(--warn-soft)', width: 3, apart: 6, angle: 45 },
  unscored: { ink: 'var(--edge)', ground: 'var(--card)', width: 1, apart: 4, angle: 0 },
}
