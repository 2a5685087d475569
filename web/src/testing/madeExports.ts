import type { MadeExport } from '@/api/types'

export function madeExport(export_id: number, format = 'trl-dpo'): MadeExport {
  const manifest = {
    recipe: { format },
    as_of: { decision: 7 },
    rows: 42,
    by_category: { wrong_answer: 40, hallucination: 2 },
    files: [{ name: 'data.jsonl', bytes: 10, sha256: 'abc', rows: 42 }],
  }
  return {
    export_id,
    at: '2026-11-22T10:00:00Z',
    reviewer: 'ada',
    recipe_name: null,
    target: 'd.jsonl',
    manifest,
  }
}
