import { computed, shallowRef } from 'vue'

/** Rows that are selected, by id, of those that are shown. */
export function useSelection(rows: () => readonly string[]) {
  const all = shallowRef<ReadonlySet<string>>(new Set())
  /** Rows that left the list are no longer selected. */
  const chosen = computed<ReadonlySet<string>>(() =>
    all.value.size ? new Set(rows().filter((id) => all.value.has(id))) : all.value,
  )
  let last: string | null = null

  /** Select a row, or clear it; with `range`, all from the last one that was chosen to this one. */
  function toggle(id: string, range = false): void {
    const next = new Set(chosen.value)
    const isOn = !next.has(id)
    for (const one of range ? between(last ?? id, id) : [id]) {
      if (isOn || range) next.add(one)
      else next.delete(one)
    }
    last = id
    all.value = next
  }

  /** Go on from one row to another: both are selected, and all between them. */
  function extend(from: string, to: string): void {
    if (!chosen.value.has(from)) toggle(from)
    last = from
    toggle(to, true)
  }

  /** Select all of these, or clear them if all are selected. */
  function toggleAll(ids: readonly string[]): void {
    const isOn = ids.every((id) => chosen.value.has(id))
    all.value = new Set(
      isOn ? [...chosen.value].filter((id) => !ids.includes(id)) : [...chosen.value, ...ids],
    )
    last = ids.at(-1) ?? null
  }

  function between(from: string, to: string): readonly string[] {
    const [first, second] = [rows().indexOf(from), rows().indexOf(to)]
    if (first < 0) return [to]
    return rows().slice(Math.min(first, second), Math.max(first, second) + 1)
  }

  const isAll = computed(() => rows().length > 0 && rows().every((id) => chosen.value.has(id)))

  function togglePage(): void {
    all.value = isAll.value ? new Set() : new Set(rows())
  }

  function clear(): void {
    all.value = new Set()
    last = null
  }

  return { chosen, isAll, toggle, extend, toggleAll, togglePage, clear }
}
