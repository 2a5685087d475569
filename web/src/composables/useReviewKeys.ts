import { onBeforeUnmount, onMounted } from 'vue'
import { letterKeys } from './letterKeys'

export type ReviewCommand =
  | 'accept'
  | 'correct'
  | 'discard'
  | 'flag'
  | 'skip'
  | 'back'
  | 'note'
  | 'undo'
  | 'reference'
  | 'invisibles'
  | 'diffView'
  | 'similar'
  | 'history'
  | 'search'
  | 'help'
  | 'pick'
  | 'confirm'
  | 'submit'
  | 'throwAway'
  | 'escape'

interface ReviewKey {
  command: ReviewCommand
  /** As written on the button and in the help sheet. */
  label: string
  does: string
  /** The plain key, where it is one. */
  key?: string
}

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
const alt = isMac ? '⌥' : 'Alt'
const DIGITS = '1–6'

/** The one table of keys: the handler, the buttons and the help sheet all read it. */
export const REVIEW_KEYS: readonly ReviewKey[] = [
  { command: 'accept', key: 'a', label: 'A', does: 'Accept: the model was right' },
  { command: 'correct', key: 'c', label: 'C', does: 'Correct: open the editor with the model’s text' },
  { command: 'discard', key: 'd', label: 'D', does: 'Discard; D again or Enter confirms' },
  { command: 'flag', key: 'f', label: 'F', does: 'Flag the model; F again or Enter confirms' },
  { command: 'skip', key: 's', label: 'S', does: 'Skip to the next card' },
  { command: 'back', key: 'b', label: 'B', does: 'Back to the card before' },
  { command: 'note', key: 'n', label: 'N', does: 'Write a note' },
  { command: 'undo', key: 'u', label: 'U', does: 'Undo the last action; again for the one before' },
  { command: 'pick', label: DIGITS, does: 'Pick a category once an action has begun; twice clears it' },
  { command: 'pick', label: `${alt} 1–6`, does: 'The same, while the caret is in the editor' },
  { command: 'confirm', key: 'enter', label: '↵', does: 'Confirm a discard or flag' },
  { command: 'submit', label: isMac ? '⌘ ↵' : 'Ctrl ↵', does: 'Submit the correction' },
  {
    command: 'escape',
    key: 'escape',
    label: 'Esc',
    does: 'One step back; out of the editor it asks before text is lost',
  },
  { command: 'throwAway', key: 't', label: 'T', does: 'Throw the typed text away, when asked' },
  { command: 'reference', key: 'r', label: 'R', does: 'Start a correction from the reference' },
  { command: 'diffView', label: `${alt} V`, does: 'In the editor: the changes in one text, or side by side' },
  { command: 'invisibles', key: 'i', label: 'I', does: 'Show invisible characters and spaces at line ends' },
  { command: 'similar', key: 'g', label: 'G', does: 'Decide the same failures together' },
  { command: 'history', key: 'h', label: 'H', does: 'History: your decisions, to undo or revise' },
  { command: 'search', key: '/', label: '/', does: 'Search the queue' },
  { command: 'help', key: '?', label: '?', does: 'Show these keys' },
]

/** Those that can be turned off: a letter, digit or sign without Ctrl, Alt or ⌘. */
export function isLetterKey({ key, label }: ReviewKey): boolean {
  return key?.length === 1 || label === DIGITS
}

/** What to press, as long as it does something. */
export function keyLabel(command: ReviewCommand): string | undefined {
  const entry = REVIEW_KEYS.find((one) => one.command === command)
  return entry && (letterKeys.value || !isLetterKey(entry)) ? entry.label : undefined
}

/** The digit is set for `pick` only. A command without a handler is left to the browser. */
export type ReviewHandlers = Partial<Record<ReviewCommand, (digit: number) => void>>

export function useReviewKeys(handlers: ReviewHandlers, blocked: () => boolean): void {
  function onKeydown(event: KeyboardEvent): void {
    const pressed = commandOf(event)
    const handler = pressed && handlers[pressed.command]
    if (!handler || isOverlayOpen()) return
    event.preventDefault()
    event.stopPropagation()
    if (!blocked()) handler(pressed.digit)
  }
  // Captured at the window: the editor has its own meaning for Esc and Ctrl+Enter, and must not act on it first.
  onMounted(() => window.addEventListener('keydown', onKeydown, true))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKeydown, true))
}

interface Pressed {
  command: ReviewCommand
  digit: number
}

export function commandOf(event: KeyboardEvent): Pressed | null {
  if (event.repeat || event.isComposing) return null
  const target = event.target instanceof Element ? event.target : null
  const typing = Boolean(target?.closest(FIELDS))
  const digit = digitOf(event)
  if (event.ctrlKey || event.metaKey || event.altKey) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) return { command: 'submit', digit: 0 }
    const onlyAlt = event.altKey && !event.ctrlKey && !event.metaKey
    if (!onlyAlt) return null
    if (digit) return { command: 'pick', digit }
    // By position: with Option a Mac types another character.
    return event.code === 'KeyV' ? { command: 'diffView', digit: 0 } : null
  }
  if (event.key === 'Escape') return target?.closest(OWN_ESCAPE) ? null : { command: 'escape', digit: 0 }
  if (typing || (!letterKeys.value && event.key !== 'Enter')) return null
  if (digit && !event.shiftKey) return { command: 'pick', digit }
  return plainCommand(event, target)
}

function plainCommand(event: KeyboardEvent, target: Element | null): Pressed | null {
  const key = plainKey(event)
  const command = REVIEW_KEYS.find((entry) => entry.key === key)?.command
  if (!command) return null
  // Enter on a button or link presses it. A chip is like a radio button in a form: Space picks, Enter goes on.
  const ownEnter = command === 'confirm' && target?.closest('button, a, summary') && !target.closest(CHIP)
  return ownEnter ? null : { command, digit: 0 }
}

const FIELDS = 'input, textarea, select, [role="combobox"], [contenteditable]:not([contenteditable="false"])'
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]'
const CHIP = '[data-chip]'
/** A field that Esc closes before it means a step. */
const OWN_ESCAPE = '[data-own-escape]'

function isOverlayOpen(): boolean {
  return document.querySelector(OVERLAYS) !== null
}

/** By position, so that ⌥1 on a Mac and the digit row of any layout count. */
function digitOf(event: KeyboardEvent): number {
  const match = /^(?:Digit|Numpad)([1-6])$/.exec(event.code) ?? /^([1-6])$/.exec(event.key)
  return match ? Number(match[1]) : 0
}

/** The letter the layout gives; on a layout without Latin letters, the one at that position. */
function plainKey(event: KeyboardEvent): string {
  const key = event.key.toLowerCase()
  const position = /^Key([A-Z])$/.exec(event.code)
  return /^[^\x20-\x7e]$/.test(key) && position ? (position[1] ?? '').toLowerCase() : key
}
