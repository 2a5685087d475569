import type { JudgeReport } from '@/api/types'

/** A judge of which 20 answers were read, 12 of them right. */
export function judge(changes: Partial<JudgeReport> = {}): JudgeReport {
  return {
    model: 'org/judge',
    prompt: '9b1c0000aaaa',
    passed_right: 7,
    passed_wrong: 3,
    failed_right: 5,
    failed_wrong: 5,
    no_verdict: 2,
    unjudged: 1,
    agreed: 12,
    check_agreed: 11,
    fails_right: 5 / 12,
    passes_wrong: 3 / 8,
    agreement: { value: 0.66, low: 0.52, high: 0.76 },
    check_agreement: { value: 0.6, low: 0.48, high: 0.7 },
    rough: true,
    notes: [],
    ...changes,
  }
}
