/** What can be wrong with an item or its check, in the words of the desk's facts, and what it does to the item. */
export const FAULT_WORDS = [
  {
    value: 'check_too_strict',
    label: 'Check too strict',
    meaning: 'it fails answers that are right',
    isSetAside: false,
  },
  {
    value: 'check_too_lax',
    label: 'Check too lax',
    meaning: 'it passes answers that are wrong',
    isSetAside: false,
  },
  {
    value: 'reference_wrong',
    label: 'Reference wrong',
    meaning: 'the expected answer is not the right one',
    isSetAside: false,
  },
  { value: 'question_broken', label: 'Question broken', meaning: 'it can’t be answered', isSetAside: true },
  {
    value: 'harness_fault',
    label: 'Harness fault',
    meaning: 'the answer was cut off or lost',
    isSetAside: true,
  },
] as const
