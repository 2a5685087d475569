import type { Report, ReportRow } from '@/api/types'
import type { Cells } from '@/plot/saving'
import { percent } from '@/words/rates'
import { judgesMarkdown } from './judgeWords'
import { countOf, READ_OUTCOMES, rowName, scoreMark } from './scoreMarks'
import { rangeInShort, scoreInShort, scoreLines } from './scoreTables'

const NONE = '–'
const NUMBERS = [
  'harness_score',
  'corrected_score',
  'at_most',
  'at_least',
  'known_limits',
  'false_fails',
  'false_passes',
  'lenient_score',
] as const

/** A report as a table for other programs: full precision, empty where it can't be told. */
export function reportCells({ run_id, decision_id, rows }: Omit<Report, 'judges'>): Cells {
  const head = [
    'run_id',
    'decision_id',
    'task',
    'model_name',
    ...['failed', 'passed', 'errored', 'unscored'].map((outcome) => `items_${outcome}`),
    ...['read', 'right', 'set_aside', 'undecided', 'basis', 'effective_reads'].flatMap((name) =>
      READ_OUTCOMES.map((outcome) => `${name}_${outcome}`),
    ),
    'rough',
    ...[
      ...NUMBERS,
      'check_fails_right',
      'check_passes_wrong',
      'like_these_harness',
      'like_these_corrected',
      'borrowed',
    ].flatMap((name) => [name, `${name}_low`, `${name}_high`]),
    'borrowed_from',
    'notes',
  ]
  return [head, ...rows.map((row) => [run_id, decision_id, ...cells(row)])]
}

function cells(row: ReportRow): (string | number | null)[] {
  const { check_errors: errors, like_these: like, borrowed } = row
  const numbers = [
    ...NUMBERS.map((name) => row[name]),
    errors.fails_right,
    errors.passes_wrong,
    like?.harness_score,
    like?.corrected_score,
    borrowed?.score,
  ]
  return [
    row.task,
    row.model_name,
    ...['failed', 'passed', 'errored', 'unscored'].map((outcome) => countOf(row.items, outcome)),
    ...[row.read, row.right, row.set_aside, row.undecided].flatMap((counts) =>
      READ_OUTCOMES.map((outcome) => countOf(counts, outcome)),
    ),
    ...READ_OUTCOMES.map((outcome) => row.basis[outcome] ?? null),
    ...READ_OUTCOMES.map((outcome) => row.effective_reads[outcome] ?? null),
    String(row.rough),
    ...numbers.flatMap((number) => [number?.value ?? null, number?.low ?? null, number?.high ?? null]),
    borrowed?.run_id ?? null,
    row.notes.join(' '),
  ]
}

/** The report as a Markdown page. */
export function reportMarkdown(
  whole: ReportRow,
  sentence: string,
  { run_id, group, decision_id, rows, judges }: Report,
): string {
  const head = ['Corrected score', 'Value', 'From', 'To', 'What the range says']
  const parts = [
    `# Scores of ${run_id}`,
    sentence,
    markdownTable(
      head,
      scoreLines(whole).map(({ name: what, value, low, high, says }) => [what, value, low, high, says]),
    ),
    `## By ${{ task: 'task', model: 'model', task_model: 'model and task', none: 'run' }[group]}`,
    markdownTable(
      ['Items', 'Harness says', 'Corrected', 'Range', 'Read'],
      rows.map((row) => {
        const mark = scoreMark(row)
        const harness = row.harness_score?.value
        return [
          rowName(row, group),
          typeof harness === 'number' ? percent(harness) : NONE,
          scoreInShort(mark),
          rangeInShort(mark),
          READ_OUTCOMES.map(
            (outcome) => `${countOf(row.read, outcome)} of ${countOf(row.items, outcome)} ${outcome}`,
          ).join(', '),
        ]
      }),
    ),
    ...judgesMarkdown(judges, markdownTable),
    ...(whole.notes.length
      ? ['## What to keep in mind', whole.notes.map((note) => `- ${note}`).join('\n')]
      : []),
    `As of decision ${decision_id}.`,
  ]
  return `${parts.join('\n\n')}\n`
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const write = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
  return [write(head), write(head.map((_, index) => (index ? '--:' : '---'))), ...rows.map(write)].join('\n')
}
