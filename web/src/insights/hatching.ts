import type { Stripes } from '@/plot/fills'

/** What was not read, and nothing else. */
export const hatching: Stripes = {
  ink: 'color-mix(in srgb, var(--edge) 65%, var(--card))',
  ground: 'var(--sunk)',
  width: 1.5,
  apart: 6,
  angle: 45,
}
