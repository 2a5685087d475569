import { computed, ref, type ComputedRef } from 'vue'

type Cell = string | number | null

/** Sort rows by one column; choosing the same column again reverses the order. Rows without a value come last. */
export function useSorted<Row, Column extends string>(
  rows: () => readonly Row[],
  cell: (row: Row, column: Column) => Cell,
  first: { column: Column; descending: boolean },
) {
  const column = ref(first.column) as { value: Column }
  const descending = ref(first.descending)

  function sortBy(next: Column): void {
    descending.value = next === column.value ? !descending.value : false
    column.value = next
  }

  function direction(of: Column): 'ascending' | 'descending' | 'none' {
    if (of !== column.value) return 'none'
    return descending.value ? 'descending' : 'ascending'
  }

  const sorted: ComputedRef<Row[]> = computed(() => {
    const sign = descending.value ? -1 : 1
    return [...rows()].sort((a, b) => compare(cell(a, column.value), cell(b, column.value), sign))
  })
  return { sorted, sortBy, direction }
}

function compare(a: Cell, b: Cell, sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * String(a).localeCompare(String(b), undefined, { numeric: true })
}
