import { computed, type Ref, watch } from 'vue'
import { useSelection } from '@/kit/useSelection'
import { useToastStore } from '@/shell/toastStore'
import { useSftStore } from './sft'

/** With fewer rows than this below the visible ones, more are read. */
const LOW_WATER = 30
/** Rows are scrolled by faster than cards are decided. */
const ROWS_AT_ONCE = 100

/** The cards at hand as rows, and those that are selected. */
export function useQueueRows() {
  const store = useSftStore()
  const items = computed(() => store.queue.items)
  const position = computed(() => store.queue.position)
  const total = computed(() => store.queue.total)
  const isEnd = computed(() => store.queue.exhausted)

  const { chosen, toggle, clear } = useSelection(() => items.value.map(({ id }) => id))
  const selected = computed(() =>
    chosen.value.size ? items.value.filter(({ id }) => chosen.value.has(id)) : [],
  )
  /** The cards of a sample are read one by one. */
  const canSelect = computed(() => store.filters.sample === null)
  watch([() => store.history.length, () => store.filters], clear)

  function select(id: string, range: boolean): void {
    if (canSelect.value) toggle(id, range)
    else
      useToastStore().notify('The cards of a sample are decided one by one: what nobody opened would end it.')
  }

  /** The row before or after the card's; with `range`, all on the way are selected. */
  function step(by: 1 | -1, range: boolean): string | null {
    const from = items.value[position.value]
    const to = items.value[position.value + by]
    if (!from || !to) return null
    if (range && canSelect.value) {
      if (!chosen.value.has(from.id)) toggle(from.id)
      toggle(to.id, true)
    }
    return to.id
  }

  /** Read one page after the other, until the rows reach well beyond the visible ones, which end at `to`. */
  function readBeyond(to: Ref<number>): void {
    watch(
      [to, () => items.value.length, isEnd],
      () => {
        if (to.value + LOW_WATER > items.value.length) void store.readOn(ROWS_AT_ONCE)
      },
      { immediate: true },
    )
  }

  return { items, position, total, isEnd, chosen, selected, canSelect, select, clear, step, readBeyond }
}
