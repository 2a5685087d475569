import type { SftQueueItem } from '@/api/types'
import { harnessWords } from '@/words/harnesses'
import { inDigits } from '@/words/text'

interface Fact {
  name: string
  value: string
}

const FEW_FILES = 3
/** Files in which an item is a line; elsewhere items are counted. */
const WITH_LINES = /\.(jsonl|ndjson|csv|tsv)(\.gz)?$/i

/** Where a card comes from, as far as it is known. `files`: those that its run was read from. */
export function sourceFacts(
  item: SftQueueItem,
  files: readonly string[],
  inWords: (iso: string) => string,
): Fact[] {
  const { texts, benchmark_run_id: benchmark, timestamp } = item
  const said = texts.facts.find(({ name }) => name === 'Harness')?.value
  const model = [item.model_name, item.model_id].filter((one, at, all) => one && all.indexOf(one) === at)
  const facts: (readonly [name: string, value: string | null | undefined])[] = [
    ['Run', item.run_id],
    ['Its own name', benchmark === item.run_id ? null : benchmark],
    ['Harness', harnessWords(said ?? item.harness ?? item.source)],
    ['File', place(item, files)],
    ['Task', item.task_type],
    ['Item', item.item_id ?? item.task_id],
    ['Model', model.join(' · ')],
    ['Answered', timestamp && inWords(timestamp)],
    ['Scores', texts.scores.map(({ name, value }) => `${name} ${value}`).join(' · ')],
    ['Card', item.id],
  ]
  return facts.flatMap(([name, value]) => (value ? [{ name, value }] : []))
}

/** The card's own file and where in it the card stood; else all files of its run. */
function place(
  { source_file: own, source_line: line }: SftQueueItem,
  files: readonly string[],
): string | undefined {
  const file = own ?? (files.length === 1 ? files[0] : undefined)
  if (!file || line === null) return file ?? fileNames(files)
  return `${file}, ${WITH_LINES.test(file) ? 'line' : 'item'} ${inDigits(line)}`
}

function fileNames(files: readonly string[]): string {
  const more = files.length - FEW_FILES
  const first = files.slice(0, FEW_FILES).join(', ')
  return more > 0 ? `${first} and ${inDigits(more)} more` : first
}
