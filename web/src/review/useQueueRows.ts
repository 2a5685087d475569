import { computed, type Ref, watch } from 'vue'
import { proposalsShown } from '@/kit/proposalsShown'
import { useSelection } from '@/kit/useSelection'
import { useToastStore } from '@/shell/toastStore'
import { type GroupLine, listLines } from './listLines'
import { useSftStore } from './sft'

/** With fewer rows than this below the visible ones, more are read. */
const LOW_WATER = 30
/** Rows are scrolled by faster than cards are decided. */
const ROWS_AT_ONCE = 100
/** As many as one step may decide. */
const MOST = 1000

/** The cards at hand as rows, and those that are selected. */
export function useQueueRows() {
  const store = useSftStore()
  const items = computed(() => store.queue.items)
  const position = computed(() => store.queue.position)
  const total = computed(() => store.queue.total)
  const isEnd = computed(() => store.queue.exhausted)

  const lines = computed(() => listLines(items.value, store.queue.reasons, isEnd.value))
  const { chosen, toggle, extend, toggleAll, clear } = useSelection(() => items.value.map(({ id }) => id))
  const selected = computed(() =>
    chosen.value.size ? items.value.filter(({ id }) => chosen.value.has(id)) : [],
  )
  /** The cards of a sample are read one by one. */
  const canSelect = computed(() => store.filters.sample === null)
  watch([() => store.history.length, () => store.filters], clear)

  function select(id: string, range: boolean): void {
    if (maySelect()) toggle(id, range)
  }

  /** Select all cards of a group, which are read first; or clear them. */
  async function selectGroup(shape: string | null): Promise<void> {
    if (!maySelect()) return
    const ofGroup = () =>
      lines.value.find((line) => 'group' in line && line.group.shape === shape) as GroupLine | undefined
    for (let held = -1; held !== items.value.length && !ofGroup()?.isWhole;) {
      held = items.value.length
      if ((ofGroup()?.ids.length ?? MOST) >= MOST) break
      await store.readOn(ROWS_AT_ONCE)
    }
    toggleAll(ofGroup()?.ids.slice(0, MOST) ?? [])
  }

  /** The rows at hand for which a rule proposes something. */
  const proposed = computed(() =>
    canSelect.value && proposalsShown.value ? items.value.filter(({ proposal }) => proposal) : [],
  )

  function selectProposed(): void {
    toggleAll(proposed.value.slice(0, MOST).map(({ id }) => id))
  }

  function maySelect(): boolean {
    if (!canSelect.value)
      useToastStore().notify('The cards of a sample are decided one by one: what nobody opened would end it.')
    return canSelect.value
  }

  /** The row before or after the card's; with `range`, all on the way are selected. */
  function step(by: 1 | -1, range: boolean): string | null {
    const from = items.value[position.value]
    const to = items.value[position.value + by]
    if (!from || !to) return null
    if (range && canSelect.value) extend(from.id, to.id)
    return to.id
  }

  /** Read one page after the other, until the lines reach well beyond the visible ones, which end at `to`. */
  function readBeyond(to: Ref<number>): void {
    watch(
      [to, () => lines.value.length, isEnd],
      () => {
        if (to.value + LOW_WATER > lines.value.length) void store.readOn(ROWS_AT_ONCE)
      },
      { immediate: true },
    )
  }

  return {
    ...{ items, lines, position, total, isEnd, chosen, selected, proposed, canSelect },
    ...{ select, selectGroup, selectProposed, clear, step, readBeyond },
  }
}
