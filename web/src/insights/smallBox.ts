import type { Box } from '@/plot/box'

export const SMALL_HEIGHT = 132

/** The box of a small plot of this width. */
export function smallBox(width: number): Box {
  return { left: 6, right: width - 6, top: 16, bottom: SMALL_HEIGHT - 20 }
}

/** The places of so many runs in the box, in their order. */
export function runPlaces(count: number, { left, right }: Box): number[] {
  const step = (right - left) / Math.max(1, count)
  return Array.from({ length: count }, (_, index) => left + step * (index + 0.5))
}
