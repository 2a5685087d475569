import { count } from '@/words/text'
import { isBlank, withoutInvisible } from './blank'

/** A longer text is not compared, so that no one waits for the card. */
const LONGEST = 100_000

/**
 * A sentence about an answer that is only white space, or that differs from a reference only by it; otherwise empty.
 */
export function aboutWhiteSpace(answer: string, references: readonly string[]): string {
  if (!answer || answer.length > LONGEST || references.includes(answer)) return ''
  const spaces = answer.trim() ? 'white space and invisible characters' : 'white space'
  if (isBlank(answer)) return `Only ${spaces}: ${count(answer.length, 'character')}.`
  const bare = withoutInvisible(answer)
  const close = references.filter((reference) => withoutInvisible(reference) === bare)
  if (!close.length) return ''
  const isSpace = close.some((one) => one.replace(/\s/g, '') === answer.replace(/\s/g, ''))
  return `Equal to the reference but for white space${isSpace ? '' : ' and invisible characters'}.`
}
