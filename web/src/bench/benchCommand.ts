import type { BenchAdapter } from '@/api/types'
import { quote } from '@/export/exports'
import { adaptersAsked, asksBase, type BenchWish, isEndpoint, numbersOf } from './bench'

/**
 * The commands for a POSIX shell, one for each model. Null where no file is asked: only the desk can write the tasks
 * of its cards.
 */
export function benchCommand(wish: BenchWish, known: readonly BenchAdapter[]): string | null {
  if (wish.kind !== 'file') return null
  const words = [
    'avocet',
    'bench',
    quote(wish.file || 'tasks.jsonl'),
    '--base',
    quote(wish.base.trim() || 'MODEL'),
  ]
  if (wish.part !== 'all') words.push('--split', wish.part)
  words.push(...endpointWords(wish))
  const { keep, ...numbers } = numbersOf(wish)
  for (const [name, value] of Object.entries(numbers))
    words.push(`--${name.replaceAll('_', '-')}`, String(value))
  if (wish.system.trim()) words.push('--system', quote(wish.system))
  words.push(...judgeWords(wish), '--import', ...(keep ? ['--keep', `passed=${keep}`] : []))
  const command = words.join(' ')
  const pathOf = (name: string): string => known.find((one) => one.name === name)?.path ?? name
  const adapters = adaptersAsked(wish).map((name) => `${command} --adapter ${quote(pathOf(name))}`)
  return [...(asksBase(wish) ? [command] : []), ...adapters].join('\n')
}

function endpointWords({ base, model, key }: BenchWish): string[] {
  if (!isEndpoint(base)) return []
  const named = ['--model', quote(model.trim() || 'MODEL')]
  return key.trim() ? [...named, '--api-key-env', quote(key.trim())] : named
}

function judgeWords({ judge: { url, model, key, prompt } }: BenchWish): string[] {
  if (!url.trim()) return []
  const words = ['--judge', quote(url.trim()), '--judge-model', quote(model.trim() || 'MODEL')]
  if (key.trim()) words.push('--judge-api-key-env', quote(key.trim()))
  return prompt.trim() ? [...words, '--judge-prompt', 'prompt.txt'] : words
}
