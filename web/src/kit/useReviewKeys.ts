import { computed, onBeforeUnmount, onMounted } from 'vue'
import { isIme, isInText, isMac, meaningOf } from './keys'
import { letterKeys } from './letterKeys'
import { ownKeys } from './ownKeys'

export type ReviewCommand =
  | 'accept'
  | 'correct'
  | 'discard'
  | 'flag'
  | 'skip'
  | 'back'
  | 'note'
  | 'fault'
  | 'tags'
  | 'must'
  | 'undo'
  | 'redo'
  | 'reference'
  | 'compare'
  | 'propose'
  | 'invisibles'
  | 'diffView'
  | 'similar'
  | 'history'
  | 'list'
  | 'nextRow'
  | 'previousRow'
  | 'select'
  | 'search'
  | 'help'
  | 'palette'
  | 'pick'
  | 'confirm'
  | 'submit'
  | 'throwAway'
  | 'escape'
  | 'leaveField'

export interface ReviewKey {
  command: ReviewCommand
  /** The key as the button and the help sheet show it. */
  label: string
  /** The key itself, if it is pressed without a modifier. */
  key?: string
}

/** The modifier that makes a digit pick a category while the caret is in a text field. */
const BESIDE_TEXT = isMac ? '⌃' : 'Alt'
const DIGITS = '1–6'

/** The only table of keys, as they usually are. */
export const REVIEW_KEYS: readonly ReviewKey[] = [
  { command: 'accept', key: 'a', label: 'A' },
  { command: 'correct', key: 'c', label: 'C' },
  { command: 'discard', key: 'd', label: 'D' },
  { command: 'flag', key: 'f', label: 'F' },
  { command: 'propose', key: 'p', label: 'P' },
  { command: 'skip', key: 's', label: 'S' },
  { command: 'back', key: 'b', label: 'B' },
  { command: 'note', key: 'n', label: 'N' },
  { command: 'fault', key: 'q', label: 'Q' },
  { command: 'tags', key: '#', label: '#' },
  { command: 'must', key: 'm', label: 'M' },
  { command: 'undo', key: 'u', label: 'U' },
  { command: 'redo', label: '⇧ U' },
  { command: 'pick', label: DIGITS },
  { command: 'pick', label: `${BESIDE_TEXT} 1–6` },
  { command: 'confirm', key: 'enter', label: '↵' },
  { command: 'submit', label: isMac ? '⌘ ↵' : 'Ctrl ↵' },
  { command: 'escape', key: 'escape', label: 'Esc' },
  { command: 'throwAway', key: 't', label: 'T' },
  { command: 'reference', key: 'r', label: 'R' },
  { command: 'compare', key: '=', label: '=' },
  { command: 'diffView', label: isMac ? '⌃ ⇧ V' : 'Alt V' },
  { command: 'invisibles', key: 'i', label: 'I' },
  { command: 'similar', key: 'g', label: 'G' },
  { command: 'history', key: 'h', label: 'H' },
  { command: 'list', key: 'l', label: 'L' },
  { command: 'nextRow', key: 'j', label: 'J' },
  { command: 'previousRow', key: 'k', label: 'K' },
  { command: 'select', key: 'x', label: 'X' },
  { command: 'search', key: '/', label: '/' },
  { command: 'help', key: '?', label: '?' },
  { command: 'palette', label: isMac ? '⌘ K' : 'Ctrl K' },
]

/** Whether another key can be chosen for a command: those of a letter or a sign alone. */
export function isChangeable({ key }: ReviewKey): boolean {
  return key?.length === 1
}

/**
 * The keys as they are in this browser: the handler, the buttons and the help sheet all read them.
 * A key that was chosen for one command is no longer that of another, which a newer version may have given it.
 */
export const reviewKeys = computed<readonly ReviewKey[]>(() => {
  const own = ownKeys.value
  const taken = new Set(REVIEW_KEYS.filter(isChangeable).flatMap(({ command }) => own[command] ?? []))
  const keys = REVIEW_KEYS.map((entry) => {
    const key = isChangeable(entry) ? own[entry.command] : undefined
    if (key) return { ...entry, key, label: key.toUpperCase() }
    return entry.key && taken.has(entry.key) ? { command: entry.command, label: '' } : entry
  })
  // redo is the key of undo with Shift, whichever it is
  const undo = keys.find(({ command }) => command === 'undo')?.label
  return keys.map((entry) =>
    entry.command === 'redo' ? { ...entry, label: undo ? `⇧ ${undo}` : '' } : entry,
  )
})

/** Whether a key can be turned off: a letter, digit or sign without Ctrl, Alt or ⌘. */
export function isLetterKey({ key, label }: ReviewKey): boolean {
  return key?.length === 1 || label === DIGITS || label.startsWith('⇧ ')
}

/** The key to show for a command; undefined if it is turned off. */
export function keyLabel(command: ReviewCommand): string | undefined {
  const entry = reviewKeys.value.find((one) => one.command === command)
  return entry?.label && (letterKeys.value || !isLetterKey(entry)) ? entry.label : undefined
}

/** The key to show where a command's key does something else with Shift. */
export function shiftKey(command: ReviewCommand): string | undefined {
  const label = keyLabel(command)
  return label && `⇧ ${label}`
}

/** The key that picks the n-th category: as shown, and as a screen reader reads it. */
export function digitKey(digit: number, inText: boolean): { label: string; shortcuts: string } {
  const beside = `${isMac ? 'Control' : 'Alt'}+${digit}`
  return letterKeys.value && !inText
    ? { label: `${digit}`, shortcuts: `${digit} ${beside}` }
    : { label: `${BESIDE_TEXT} ${digit}`, shortcuts: beside }
}

/** Handlers by command. The digit is set for `pick` only; a command without a handler is left to the browser. */
export type ReviewHandlers = Partial<Record<ReviewCommand, (digit: number, shift: boolean) => void>>

export function useReviewKeys(handlers: ReviewHandlers, blocked: () => boolean): void {
  function onKeydown(event: KeyboardEvent): void {
    const pressed = commandOf(event)
    const handler = pressed && handlers[pressed.command]
    if (!handler || isOverlayOpen()) return
    event.preventDefault()
    event.stopPropagation()
    if (!blocked()) handler(pressed.digit, event.shiftKey)
  }
  // Captured at the window: the editor has its own meaning for Esc and Ctrl+Enter and must not act first.
  onMounted(() => window.addEventListener('keydown', onKeydown, true))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKeydown, true))
}

interface Pressed {
  command: ReviewCommand
  digit: number
}

export function commandOf(event: KeyboardEvent): Pressed | null {
  if (event.repeat || isIme(event)) return null
  const target = event.target instanceof Element ? event.target : null
  if (event.ctrlKey || event.metaKey || event.altKey) return modifiedCommand(event, target)
  // AltGr that is not reported as Ctrl and Alt together still types a character.
  if (event.getModifierState('AltGraph')) return null
  if (event.key === 'Escape') return escape(target)
  if (isTyping(target) || (!letterKeys.value && event.key !== 'Enter')) return null
  return plainCommand(event, target)
}

/**
 * The command of a key with a modifier.
 * It never takes a key that types a character on any keyboard: Alt belongs to a Mac, which types with it, and to the
 * number block.
 */
function modifiedCommand(event: KeyboardEvent, target: Element | null): Pressed | null {
  const { ctrlKey, metaKey, altKey, shiftKey, key, code } = event
  if (key === 'Enter')
    return (ctrlKey || metaKey) && !altKey && isAboutDecision(target) ? press('submit') : null
  const isPalette = (isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey
  if (isPalette && meaningOf(event) === 'k') return press('palette')
  if (metaKey || (isMac ? altKey : ctrlKey) || code.startsWith('Numpad')) return null
  const meant = meaningOf(event, !isMac && isInText(target))
  if (meant === 'v' && shiftKey === isMac) return press('diffView')
  return digitOf(meant)
}

function plainCommand(event: KeyboardEvent, target: Element | null): Pressed | null {
  const meant = meaningOf(event)
  const digit = digitOf(meant)
  const command = reviewKeys.value.find((entry) => entry.key === meant)?.command
  if (digit || !command) return digit
  // Enter on a button or link presses it. A chip works like a radio button in a form: Space picks, Enter goes on.
  const ownEnter = command === 'confirm' && target?.closest('button, a, summary') && !target.closest(CHIP)
  if (ownEnter) return null
  return press(command === 'undo' && event.shiftKey ? 'redo' : command)
}

/** In a field outside the decision, Esc leaves the field and does nothing else. */
function escape(target: Element | null): Pressed | null {
  if (target?.closest(OWN_ESCAPE)) return null
  return press(isInText(target) && !isAboutDecision(target) ? 'leaveField' : 'escape')
}

function digitOf(meant: string): Pressed | null {
  return /^[1-6]$/.test(meant) ? press('pick', Number(meant)) : null
}

function press(command: ReviewCommand, digit = 0): Pressed {
  return { command, digit }
}

/** What takes all keys; a list beside a field of the decision does not. */
const OVERLAYS = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]:not([data-beside])'
const CHIP = '[data-chip]'
/** A field that Esc closes before it cancels a step. */
const OWN_ESCAPE = '[data-own-escape]'
/** The card and its dock. */
const DECISION = '[data-decision]'

function isTyping(target: Element | null): boolean {
  return isInText(target) || Boolean(target?.closest('select, [role="combobox"]'))
}

/** Whether the focus is within the decision or nowhere. A link is left out: it has its own Ctrl+Enter. */
function isAboutDecision(target: Element | null): boolean {
  if (!target || target === document.body) return true
  return Boolean(target.closest(DECISION)) && !target.closest(`a, ${OWN_ESCAPE}`)
}

function isOverlayOpen(): boolean {
  return document.querySelector(OVERLAYS) !== null
}
