import type { MadeExport, TrainingPoint, TrainingRequest, TrainingSummary } from '@/api/types'
import { exportQuery, type ExportWish, quote } from '@/export/exports'
import { factsOf } from '@/export/madeExports'
import { FACTS } from '@/words/facts'
import { count, duration, inDigits, shortTime } from '@/words/text'

export type Method = TrainingSummary['method']

export const METHODS: readonly { value: Method; label: string; meaning: string }[] = [
  { value: 'sft', label: 'SFT', meaning: 'learns the corrected answers word for word' },
  { value: 'dpo', label: 'DPO', meaning: 'learns to prefer the correction to the model’s own answer' },
  { value: 'kto', label: 'KTO', meaning: 'learns from good and bad answers on their own, without pairs' },
]

type NumberName =
  | 'epochs'
  | 'max_steps'
  | 'batch_size'
  | 'gradient_accumulation'
  | 'learning_rate'
  | 'beta'
  | 'max_length'
  | 'validation'
  | 'save_steps'
  | 'patience'
  | 'lora_rank'
  | 'lora_alpha'
  | 'lora_dropout'
  | 'seed'

interface NumberField {
  name: NumberName
  label: string
  hint: string
  min: number
  step: number | 'any'
  methods?: readonly Method[]
}

const PAIRED: readonly Method[] = ['dpo', 'kto']

/** The settings that most people leave as they are. */
const NUMBERS: readonly NumberField[] = [
  { name: 'epochs', label: 'Epochs', hint: 'passes over the rows', min: 0, step: 'any' },
  {
    name: 'max_steps',
    label: 'Steps at most',
    hint: 'whatever the epochs',
    min: 1,
    step: 1,
  },
  { name: 'batch_size', label: 'Batch size', hint: 'rows of one step', min: 1, step: 1 },
  {
    name: 'gradient_accumulation',
    label: 'Gradient accumulation',
    hint: 'batches of one step',
    min: 1,
    step: 1,
  },
  { name: 'learning_rate', label: 'Learning rate', hint: '', min: 0, step: 'any' },
  {
    name: 'beta',
    label: 'Beta',
    hint: 'how close it stays to the base',
    min: 0,
    step: 'any',
    methods: PAIRED,
  },
  {
    name: 'max_length',
    label: 'Longest row',
    hint: 'in tokens; longer ones are left out',
    min: 1,
    step: 1,
  },
  {
    name: 'validation',
    label: 'Validation share',
    hint: 'measured on, not trained on',
    min: 0,
    step: 'any',
  },
  { name: 'save_steps', label: 'Steps between checkpoints', hint: '', min: 1, step: 1 },
  {
    name: 'patience',
    label: 'Patience',
    hint: 'checkpoints without a better validation loss; 0 never stops',
    min: 0,
    step: 1,
  },
  { name: 'lora_rank', label: 'LoRA rank', hint: '', min: 1, step: 1 },
  { name: 'lora_alpha', label: 'LoRA alpha', hint: '', min: 1, step: 1 },
  { name: 'lora_dropout', label: 'LoRA dropout', hint: '', min: 0, step: 'any' },
  { name: 'seed', label: 'Seed', hint: '', min: 0, step: 1 },
]

/** The contents of the form; numbers stay as they were typed, so that nothing typed is lost. */
export interface TrainWish {
  recipe: string | null
  /** The id of an export to train on, instead of a recipe. */
  export_id: number | null
  base: string
  method: Method
  name: string
  numbers: Partial<Record<NumberName, string>>
  merge: boolean
  cpu: boolean
  byChecks: boolean
  include_category: string[]
  exclude_category: string[]
}

export const NO_TRAIN_WISH: TrainWish = {
  recipe: null,
  export_id: null,
  base: '',
  method: 'sft',
  name: '',
  numbers: {},
  merge: false,
  cpu: false,
  byChecks: false,
  include_category: [],
  exclude_category: [],
}

/** The default of a setting. */
export function usualOf({ name }: NumberField, method: Method): string {
  const { numbers, learning_rate } = FACTS.training
  const usual = name === 'learning_rate' ? learning_rate[method] : numbers[name]
  return String(usual ?? 'no limit')
}

export function fieldsOf(method: Method): readonly NumberField[] {
  return NUMBERS.filter(({ methods }) => !methods || methods.includes(method))
}

export function requestOf(wish: TrainWish, parallel: boolean): TrainingRequest {
  return {
    base: wish.base.trim(),
    method: wish.method,
    include_category: [...wish.include_category],
    exclude_category: [...wish.exclude_category],
    ...(wish.recipe ? { recipe: wish.recipe } : {}),
    ...(wish.export_id === null ? {} : { export_id: wish.export_id }),
    ...(wish.name.trim() ? { name: wish.name.trim() } : {}),
    ...numbersOf(wish),
    ...(wish.merge ? { merge: true } : {}),
    ...(wish.cpu ? { device: 'cpu' as const } : {}),
    ...(wish.byChecks ? { early_stop: 'checks' as const } : {}),
    parallel,
  }
}

/** An export that can be trained on. */
export interface TrainableExport {
  export_id: number
  label: string
  method: Method
  rows: Record<string, number>
  command: string
}

/** The exports in a format that a training method takes. */
export function trainable(made: readonly MadeExport[]): TrainableExport[] {
  return made.flatMap((one) => {
    const { wish, rows, byCategory, command } = factsOf(one)
    const method = FACTS.formats.find(({ name }) => name === wish.format)?.method
    if (!method || !rows) return []
    const name = one.recipe_name ? ` of recipe ${one.recipe_name}` : ''
    const label = `export ${one.export_id}${name}: ${count(rows, 'row')}, ${wish.format}, ${shortTime(one.at)}`
    return [{ export_id: one.export_id, label, method, rows: byCategory, command }]
  })
}

/** The query that counts the rows: the recipe's choices in the format of the method. */
export function rowsQuery(saved: ExportWish, method: Method): ReturnType<typeof exportQuery> {
  return exportQuery({ ...saved, format: `trl-${method}` })
}

export function rowsUsed(counts: Readonly<Record<string, number>>, wish: TrainWish): number {
  return Object.entries(counts).reduce((sum, [category, rows]) => {
    const isTaken = !wish.include_category.length || wish.include_category.includes(category)
    return isTaken && !wish.exclude_category.includes(category) ? sum + rows : sum
  }, 0)
}

/** The commands for a POSIX shell. Without a recipe, the dataset is written first (as the chosen export was). */
export function trainCommand(wish: TrainWish, exported: TrainableExport | null = null): string {
  const words = ['avocet', 'train', '--base', quote(wish.base.trim() || 'MODEL'), '--method', wish.method]
  words.push(...(wish.recipe ? ['--recipe', quote(wish.recipe)] : ['--dataset', 'dataset']))
  for (const name of ['include_category', 'exclude_category'] as const)
    for (const value of wish[name]) words.push(`--${name.replace('_', '-')}`, value)
  for (const [name, value] of Object.entries(numbersOf(wish)))
    words.push(`--${name.replaceAll('_', '-')}`, String(value))
  if (wish.merge) words.push('--merge')
  if (wish.cpu) words.push('--device', 'cpu')
  if (wish.byChecks) words.push('--early-stop', 'checks')
  words.push('--out', quote(wish.name.trim() || 'adapter'))
  const write = exported?.command ?? `avocet export --format trl-${wish.method}`
  return (wish.recipe ? '' : `${write} -o dataset/\n`) + words.join(' ')
}

export function trainedOn({ recipe, export_id: number }: TrainingSummary): string {
  if (recipe) return `recipe ${recipe}`
  return number === null ? 'everything approved' : `export ${number}`
}

export function stepsOf({ step, total_steps: total }: TrainingSummary): string {
  return total ? `${inDigits(step)} of ${inDigits(total)}` : inDigits(step)
}

export function lossText(loss: number | null | undefined): string {
  if (loss === null || loss === undefined) return '–'
  return loss >= 100 ? loss.toFixed(1) : loss.toFixed(loss < 0.01 ? 4 : 3)
}

/** The state of a training in one line. */
export function standing(training: TrainingSummary): string {
  const { state, step, total_steps: total, seconds, seconds_left: left } = training
  const steps = total ? `step ${stepsOf(training)}` : count(step, 'step')
  if (state === 'starting' || (state === 'running' && !total))
    return 'The libraries and the base model are being loaded.'
  if (state === 'stopping') return `Saving a checkpoint after ${steps}, then it ends.`
  if (state === 'running') {
    const time = left === null ? '' : left < 1 ? ', almost done' : `, about ${duration(left)} left`
    return `At ${steps}${time}.`
  }
  if (state === 'done')
    return `${count(step, 'step')} in ${duration(seconds)}${step < total ? ', stopped early' : ''}.`
  if (state === 'interrupted')
    return `Its process is gone, at ${steps}. Resume goes on from the last checkpoint.`
  if (state === 'stopped') return `Stopped at ${steps}. Resume goes on from there.`
  return step ? `Failed at ${steps}.` : 'Failed before the first step.'
}

export interface Series {
  train: { step: number; loss: number }[]
  validation: { step: number; loss: number }[]
}

/** The losses to draw: with more than `most` points of training loss, neighbours are replaced by their mean. */
export function seriesOf(points: readonly TrainingPoint[], most = 200): Series {
  const train = points.flatMap(({ step, loss }) => (typeof loss === 'number' ? [{ step, loss }] : []))
  const validation = points.flatMap(({ step, eval_loss: loss }) =>
    typeof loss === 'number' ? [{ step, loss }] : [],
  )
  return { train: thinned(train, most), validation: thinned(validation, most) }
}

function thinned(points: Series['train'], most: number): Series['train'] {
  if (points.length <= most) return points
  const size = Math.ceil(points.length / most)
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size),
  )
  return groups.map((group) => ({
    step: group.at(-1)?.step ?? 0,
    loss: group.reduce((sum, { loss }) => sum + loss, 0) / group.length,
  }))
}

function numbersOf({ numbers, method }: TrainWish): Partial<Record<NumberName, number>> {
  const written = fieldsOf(method).flatMap(({ name }) => {
    const text = numbers[name]?.trim()
    return text && Number.isFinite(Number(text)) ? [[name, Number(text)] as const] : []
  })
  return Object.fromEntries(written)
}
