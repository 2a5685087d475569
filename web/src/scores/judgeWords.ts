import type { JudgeReport } from '@/api/types'
import type { Cells } from '@/plot/saving'
import { hundredths } from '@/words/rates'
import { count, inDigits } from '@/words/text'

/** How many read answers both the judge and a person said something of. */
export function comparedOf(judge: JudgeReport): number {
  return judge.passed_right + judge.passed_wrong + judge.failed_right + judge.failed_wrong
}

/** A judge by its model and the start of its prompt's hash: two prompts are two judges. */
export function judgeName({ model, prompt }: JudgeReport): string {
  return prompt ? `${model} (prompt ${prompt.slice(0, 8)})` : model
}

/** What a pane of judges finds: of one how often it says what people say, of several that there are some. */
export function judgesFinding(judges: readonly JudgeReport[]): string {
  const [only, ...others] = judges
  if (!only) return 'No judge was asked'
  if (others.length) return `${count(judges.length, 'judge')} beside the check`
  const compared = comparedOf(only)
  if (!compared) return 'Nobody read an answer that the judge has a verdict on'
  return `The judge says what people say on ${inDigits(only.agreed)} of ${count(compared, 'read answer')}, the check on ${inDigits(only.check_agreed)}`
}

/** In which way a judge errs, among the answers that were read. */
export function judgeErrors(judge: JudgeReport): string {
  const right = judge.passed_right + judge.failed_right
  const wrong = judge.passed_wrong + judge.failed_wrong
  const parts = [
    right
      ? `of ${count(right, 'right answer')} that ${right === 1 ? 'was' : 'were'} read it fails ${inDigits(judge.failed_right)}`
      : null,
    wrong ? `of ${count(wrong, 'wrong one')} it passes ${inDigits(judge.passed_wrong)}` : null,
  ].filter((part) => part !== null)
  const text = parts.join('; ')
  return text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : ''
}

/** The read answers that no comparison has: those that the judge was silent on, and those that it was not asked about. */
export function judgeSilence(judge: JudgeReport): string {
  const parts = [
    judge.no_verdict ? `it had no verdict on ${inDigits(judge.no_verdict)} more` : null,
    judge.unjudged ? `${inDigits(judge.unjudged)} more were not put to it` : null,
  ].filter((part) => part !== null)
  const text = parts.join('; ')
  return text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : ''
}

/** The judges' counts and agreements as a table for other programs. */
export function judgeCells(judges: readonly JudgeReport[]): Cells {
  const counts = [
    'passed_right',
    'passed_wrong',
    'failed_right',
    'failed_wrong',
    'no_verdict',
    'unjudged',
    'agreed',
    'check_agreed',
    'fails_right',
    'passes_wrong',
  ] as const
  const numbers = ['agreement', 'check_agreement'] as const
  const head = [
    'judge',
    'prompt',
    ...counts,
    ...numbers.flatMap((name) => [name, `${name}_low`, `${name}_high`]),
  ]
  const rows = judges.map((judge) => [
    judge.model,
    judge.prompt,
    ...counts.map((name) => judge[name]),
    ...numbers.flatMap((name) => [
      judge[name]?.value ?? null,
      judge[name]?.low ?? null,
      judge[name]?.high ?? null,
    ]),
  ])
  return [head, ...rows]
}

/** The judges of a report as a part of its Markdown page; nothing without one. */
export function judgesMarkdown(
  judges: readonly JudgeReport[],
  table: (head: readonly string[], rows: readonly (readonly string[])[]) => string,
): string[] {
  if (!judges.length) return []
  const told = (number: JudgeReport['agreement']): string => {
    if (typeof number?.value !== 'number') return '–'
    const isExact = number.low === null || number.high === null || number.low === number.high
    return isExact
      ? hundredths(number.value)
      : `${hundredths(number.value)} (${hundredths(number.low ?? 0)} to ${hundredths(number.high ?? 1)})`
  }
  const head = ['Judge', 'Passed, right', 'Passed, wrong', 'Failed, right', 'Failed, wrong', 'No verdict']
  const rows = judges.map((judge) => [
    judgeName(judge),
    ...[judge.passed_right, judge.passed_wrong, judge.failed_right, judge.failed_wrong, judge.no_verdict].map(
      inDigits,
    ),
    told(judge.agreement),
    told(judge.check_agreement),
  ])
  const notes = judges.flatMap((judge) => judge.notes.map((note) => `- ${judgeName(judge)}: ${note}`))
  return [
    '## Judges',
    table([...head, 'Agreement in hundredths', 'The check’s'], rows),
    ...(notes.length ? [notes.join('\n')] : []),
  ]
}
