import { count } from '@/words/text'
import { isBlank } from './blank'

/** A longer text is not looked through, so that no one waits for the card. */
const LONGEST = 100_000

/** A sentence about an answer that is only white space; otherwise empty. */
export function aboutWhiteSpace(answer: string): string {
  if (!answer || answer.length > LONGEST || !isBlank(answer)) return ''
  const spaces = answer.trim() ? 'white space and invisible characters' : 'white space'
  return `Only ${spaces}: ${count(answer.length, 'character')}.`
}
