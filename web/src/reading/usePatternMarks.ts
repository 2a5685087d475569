import { computed, watch, type ComputedRef } from 'vue'
import { afterPaint } from '@/kit/afterPaint'
import type { PatternReport } from './failureReason'
import { NO_MARKS, questionOf, type PatternMarks } from './patternMarks'
import { usePatternMarksStore } from './patternMarksStore'

/**
 * Where the forbidden patterns stand in the response, and where the missing ones nearly match.
 * An answer that is there but not alone, or written another way, tells a scoring artifact from a wrong answer. Asked
 * for once the card is on screen.
 */
export function usePatternMarks(
  response: () => string | undefined,
  report: () => PatternReport | null,
): ComputedRef<PatternMarks> {
  const store = usePatternMarksStore()
  const question = computed(() => questionOf(response() ?? '', report()))
  watch(question, (asked) => asked && afterPaint(() => void store.look(asked)), { immediate: true })
  return computed(() => (question.value && store.found.get(JSON.stringify(question.value))) || NO_MARKS)
}
