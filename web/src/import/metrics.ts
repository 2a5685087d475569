import type { Metric, SftQueueItem } from '@/api/types'

/** Whether a metric's values lie between 0 and 1, judging by its default threshold and the first cards. */
export function inUnitRange(metric: Metric | undefined, cards: readonly SftQueueItem[]): boolean {
  if (!metric) return false
  const usual = metric.threshold
  if (usual !== null && (usual < 0 || usual > 1)) return false
  return cards.every((card) => isUnit(valueOf(card.scores, metric.name)))
}

function valueOf(scores: unknown, name: string): unknown {
  return typeof scores === 'object' && scores !== null ? (scores as Record<string, unknown>)[name] : undefined
}

function isUnit(value: unknown): boolean {
  return typeof value !== 'number' || (value >= 0 && value <= 1)
}
