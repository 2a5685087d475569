import { computed, ref, type Ref, watch } from 'vue'
import type { SftQueueItem } from '@/api/types'
import type { Step } from './decision'
import { useRulesSayStore } from './rulesSayStore'

/**
 * What the rules say of a card. Of one of a sample the server is asked only once an action has begun, so that nothing
 * sways the reader before.
 */
export function useRulesSay(item: SftQueueItem, step: Readonly<Ref<Step>>) {
  if (!item.is_withheld) return { proposal: ref(item.proposal), likeness: ref(item.likeness) }
  const store = useRulesSayStore()
  const hasBegun = ref(false)
  watch(step, (now) => (hasBegun.value ||= now !== 'rest'), { immediate: true, flush: 'sync' })
  watch(hasBegun, (begun) => begun && void store.read(item.id), { immediate: true })
  const said = computed(() => (hasBegun.value ? store.said[item.id] : undefined))
  return {
    proposal: computed(() => said.value?.proposal ?? null),
    likeness: computed(() => said.value?.likeness ?? null),
  }
}
