import type { TrainingView } from '@/api/types'
import { count, inDigits } from '@/words/text'

/** How checks chose the adapter, and what it answered of the hold-out; empty if the loss chose it. */
export function checkFacts({ checks }: TrainingView): [string, string][] {
  if (!checks) return []
  const facts: [string, string][] = [['Chosen by checks', passed(checks)]]
  const held = checks.held_out
  if (held) {
    const why = [
      held.in_choice ? `${inDigits(held.in_choice)} of its items were asked to choose` : '',
      held.in_training ? `${inDigits(held.in_training)} were trained on` : '',
    ].filter(Boolean)
    facts.push([
      'Hold-out, asked once',
      `${passed(held)}, ${held.is_clean ? 'clean' : `not clean: ${why.join(', ')}`}`,
    ])
  }
  return facts
}

function passed(score: { asked: number; passed: number }): string {
  return `${inDigits(score.passed)} of ${count(score.asked, 'item')} passed`
}
