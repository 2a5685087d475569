import { type QueueFilters, scoreWords } from './queueFilters'

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
    filters.shape && 'reason of one shape',
    filters.sample && `sample ${filters.sample}`,
    filters.q && `text “${filters.q}”`,
  ].filter((part): part is string => Boolean(part))
}
