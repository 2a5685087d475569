import type { FilterChoice } from '@/kit/FilterBar.vue'
import { shapeLabel } from './filterWords'
import type { CardFilters } from './valueFilters'

/** The filter by reason, which only a link sets. */
export function linkedChoices({ shape, not_shape: leftOut }: CardFilters): FilterChoice<CardFilters>[] {
  const shapes = [...(shape ?? []), ...(leftOut ?? [])]
  const options = shapes.map((value) => ({ value, label: shapeLabel(value) }))
  return shapes.length ? [{ key: 'shape', name: 'shape', label: 'Reason', options }] : []
}
