import type { OtherAnswer, Outcome } from '@/api/types'

/** The answers of one model with one outcome: one tab. */
export interface AnswerGroup {
  key: string
  model: string
  outcome: Outcome
  answers: readonly OtherAnswer[]
}

interface Marked {
  sign: string
  word: string
  colour: string
}

export const OUTCOME_MARK: Readonly<Record<Outcome, Marked>> = {
  passed: { sign: '✓', word: 'passed', colour: 'text-good' },
  failed: { sign: '✕', word: 'failed', colour: 'text-bad' },
  errored: { sign: '–', word: 'not scored: an error', colour: 'text-mute' },
  unscored: { sign: '–', word: 'not scored', colour: 'text-mute' },
}

const SAID = {
  right: 'A person found it right',
  wrong: 'A person found it wrong',
  set_aside: 'A person set it aside',
  undecided: 'A person left it undecided',
} as const

/** Groups in the order of their first answers. */
export function grouped(answers: readonly OtherAnswer[]): AnswerGroup[] {
  const groups = new Map<string, OtherAnswer[]>()
  for (const answer of answers) {
    const key = JSON.stringify([answer.model_name, answer.outcome])
    groups.set(key, [...(groups.get(key) ?? []), answer])
  }
  return [...groups].map(([key, found]) => ({
    key,
    model: found[0]?.model_name ?? 'A model without a name',
    outcome: found[0]?.outcome ?? 'unscored',
    answers: found,
  }))
}

/** What is said of one answer beside its model and outcome. */
export function saidOf({ run_id, epoch, verdict }: OtherAnswer, withVerdict: boolean): string {
  const parts = [run_id, epoch === null ? '' : `epoch ${epoch}`, withVerdict && verdict ? SAID[verdict] : '']
  return parts.filter(Boolean).join(' · ')
}
