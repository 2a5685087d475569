import { computed, ref, type Ref, watch } from 'vue'
import type { SftQueueItem, SftSubmitRequest } from '@/api/types'
import type { Standing, Step } from './decision'
import type { Draft } from './drafts'
import { useFault } from './useFault'
import { useMust } from './useMust'
import { useTags } from './useTags'

/** What goes with a decision beside its verdict, category and text: a note, a fault of the check, tags, must lines. */
export function useRemarks(
  item: SftQueueItem,
  draft: Draft | null,
  standing: Standing | null,
  step: Readonly<Ref<Step>>,
) {
  const stood = standing?.note ?? ''
  const note = ref(draft?.note || stood)
  const faults = useFault(item, draft, standing, step)
  const tags = useTags(draft, standing)
  const must = useMust(draft, standing)

  // The dock has room for one panel.
  watch(faults.open, (open) => open && (must.open.value = false), { flush: 'sync' })
  watch(must.open, (open) => open && (faults.open.value = false), { flush: 'sync' })

  const canSend = (): boolean => faults.canSend() && must.canSend()

  function said(): Partial<SftSubmitRequest> {
    const written = note.value.trim()
    return { ...(written && { note: written }), ...faults.said(), ...tags.said(), ...must.said() }
  }

  const inDraft = computed(() => ({
    note: note.value === stood ? '' : note.value,
    ...faults.inDraft.value,
    ...tags.inDraft.value,
    ...must.inDraft.value,
  }))
  const changed = computed(() => JSON.stringify(said()))

  return { note, faults, tags, must, canSend, said, inDraft, changed }
}

/** Whether a revision says the same as the decision before. */
export function saysTheSame(before: Standing, wanted: SftSubmitRequest): boolean {
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
  return (
    (before.note ?? '') === (wanted.note ?? '') &&
    before.check_fault === (wanted.check_fault ?? null) &&
    same(before.corrected_reference, wanted.corrected_reference ?? null) &&
    same(before.tags, wanted.tags ?? []) &&
    same(before.must, wanted.must ?? []) &&
    same(before.must_not, wanted.must_not ?? [])
  )
}
