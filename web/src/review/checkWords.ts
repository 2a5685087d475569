import type { CheckOutcome } from '@/api/types'

/** What the foot of the editor says: in bold, then the rest. */
export interface CheckSaid {
  tone: 'good' | 'bad' | 'quiet'
  lead: string
  rest: string
  missing: string[]
}

const EQUALS = 'Equals the reference.'

/** What the check of a card says of a text; null if there is nothing to say. */
export function saidOf(
  outcome: CheckOutcome | null,
  equalsReference: boolean,
  trouble: string | null,
): CheckSaid | null {
  const rest = equalsReference ? EQUALS : ''
  if (trouble) return { tone: 'quiet', lead: '', rest: `Not checked: ${trouble}`, missing: [] }
  if (!outcome) return rest ? { tone: 'good', lead: EQUALS, rest: '', missing: [] } : null
  if (outcome.passed === null) return { tone: 'quiet', lead: '', rest: outcome.sentence, missing: [] }
  const missing = outcome.parts.filter(({ kind, holds }) => kind === 'required' && !holds)
  return {
    tone: outcome.passed ? 'good' : 'bad',
    lead: outcome.is_partial ? outcome.sentence : `${verdict(outcome.passed)}: ${lower(outcome.sentence)}`,
    rest,
    missing: missing.map(({ wanted }) => wanted),
  }
}

function verdict(passed: boolean): string {
  return passed ? 'Would pass' : 'Would not pass'
}

function lower(sentence: string): string {
  // JSON keeps its capitals.
  return /^[A-Z][A-Z]/.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1)
}
