import type { Proposal } from '@/api/types'

/** Each rule, as what it finds. */
export const RULES: Readonly<Record<Proposal['rule'], string>> = {
  equal: 'Equals the reference',
  equal_but_for_space: 'Equal but for white space',
  equal_but_for_punctuation: 'Equal but for punctuation',
  equal_but_for_case: 'Equal but for case',
  equal_but_for_numbers: 'Equal but for number format',
  equal_json: 'The same JSON',
  in_a_sentence: 'The reference in a sentence',
  not_alone: 'The reference, but not alone',
  stuck: 'Repeats itself to the end',
  other_number: 'Another number',
  absent: 'Nothing of the reference in it',
}
