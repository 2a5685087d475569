import { type DecidedFilters, decidedQuery } from '@/decided/decidedFilters'
import { NO_SHAPE, type QueueFilters } from './queueFilters'
import { ANY_SCORE, scoreWords } from './scoreFilter'

/** The filters in words, for the headline of a bulk step. */
export function describeFilters(filters: QueueFilters): string[] {
  const scores = scoreWords(filters)
  return [
    filters.run_id && `run ${filters.run_id}`,
    filters.model_name && `model ${filters.model_name}`,
    filters.task_type && `task ${filters.task_type}`,
    filters.source && `source ${filters.source}`,
    scores && `score ${scores}`,
    filters.outcome && `outcome ${filters.outcome}`,
    filters.shape && (filters.shape === NO_SHAPE ? 'no reason' : 'reason of one shape'),
    filters.sample && `sample ${filters.sample}`,
    filters.q && `text “${filters.q}”`,
  ].filter((part): part is string => Boolean(part))
}

/** The filters of what is decided, in words. */
export function describeDecided(filters: DecidedFilters): string[] {
  const scores = scoreWords(filters)
  const others = Object.entries(decidedQuery({ ...filters, ...ANY_SCORE }))
  return [
    ...others.map(([name, value]) => `${name.replaceAll('_', ' ')} ${value}`),
    ...(scores ? [`score ${scores}`] : []),
  ]
}
