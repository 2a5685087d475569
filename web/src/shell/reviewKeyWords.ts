import { isLetterKey, type ReviewCommand, type ReviewKey } from '@/kit/useReviewKeys'

const WORDS: Readonly<Record<ReviewCommand, string>> = {
  accept: 'Accept: the model was right',
  correct: 'Correct: open the editor with the model’s text',
  discard: 'Discard; the same again or Enter confirms',
  flag: 'Flag: wrong, and you don’t rewrite it; the same again or Enter confirms',
  propose: 'Take what a rule proposes, on the card or all that is selected; with Shift, select such rows',
  skip: 'Skip to the next card',
  back: 'Back to the card before',
  note: 'Write a note',
  fault: 'What is wrong with the check: then 1–5, the same again clears it',
  tags: 'Add tags: for what the categories do not say',
  must: 'Must lines: what a right answer must contain, or must not',
  undo: 'Undo the last action; again for the one before',
  redo: 'Redo what was undone, until something else is decided',
  pick: 'Pick a category once an action has begun; before, begin the one you took last with it',
  confirm: 'Confirm a discard or flag',
  submit: 'Submit the correction; from the note, confirm what has begun',
  escape: 'One step back; out of the editor it asks before text is lost',
  leaveField: 'Out of the search, back to the card',
  throwAway: 'Throw the typed text away, when asked',
  reference: 'Start a correction from the reference',
  compare: 'Compare the response with the reference',
  diffView: 'In the editor: the changes in one text, or side by side',
  invisibles: 'Show invisible characters and spaces at line ends',
  similar: 'Decide the same failures together, as you began this one',
  history: 'History: your decisions, to undo or revise',
  list: 'Show the queue as rows, or hide them',
  nextRow: 'The next row of a list',
  previousRow: 'The row before in a list',
  select: 'Select a row of a list, on a heading its group; with Shift, all up to it; Esc clears',
  search: 'Search the queue',
  help: 'Show these keys',
  palette: 'Go to a page, a run, a card, the documentation …',
}

/** The description of a key in the help sheet. */
export function whatItDoes(entry: ReviewKey): string {
  if (entry.command === 'pick' && !isLetterKey(entry)) return 'The same, while the caret is in a text'
  return WORDS[entry.command]
}

/** What a command does, in a few words. */
export function commandName(command: ReviewCommand): string {
  return WORDS[command].split(/[:;,]/)[0] ?? command
}
