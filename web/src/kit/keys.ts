/** The key that a platform leaves free of characters: with Option a Mac types, elsewhere Alt types nothing. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * Whether a key belongs to an input method, which chooses or confirms characters with it. Safari sends the Enter that
 * ends a conversion after its end, and only the number tells.
 */
export function isIme(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** The editor has its own ways with input methods and must see their keys. */
const EDITOR = '.cm-editor'

function stopIme(event: KeyboardEvent): void {
  const inEditor = event.target instanceof Element && event.target.closest(EDITOR)
  if (isIme(event) && !inEditor) event.stopImmediatePropagation()
}

/** Stands before every key handler of the page, those of its libraries too: call it before any is set. */
export function keepImeKeys(): void {
  for (const type of ['keydown', 'keyup'] as const) window.addEventListener(type, stopIme, true)
}

/** On the screen of another script: the letter at its place on a Latin keyboard. */
const FOREIGN = /(?!\p{Script=Latin})[\p{L}؟]/u

/**
 * What the places of 1 to 6 give alone where digits need Shift, in French, Belgian, Czech, Slovak and Lithuanian. That
 * Alt left it as it is tells that Alt types nothing: Option and AltGr make another character of it.
 */
const SIGNS = ['&à+ą', 'éěľč', '"èšę', "'êčė", '(řťį', '-§)žš']

/**
 * What a key means: the letter, digit or sign that it gives. Where that means nothing to us the position counts, for
 * letters of other scripts and for the digit row without Shift, which gives signs in French and letters in Czech.
 * `typed`: in a text with Alt, where the position counts only for what the key would give without Alt.
 */
export function meaningOf({ key, code, shiftKey }: KeyboardEvent, typed = false): string {
  const meant = key.toLowerCase()
  if (meant.length > 1 || /[a-z\d/?]/.test(meant)) return meant
  const [found, row, sign] = /^(Key|Digit)(.)$|^Slash$/.exec(code) ?? []
  if (row === 'Digit') return !shiftKey && (!typed || isPlain(meant, Number(sign))) ? (sign ?? '') : meant
  return found && FOREIGN.test(meant) ? (sign?.toLowerCase() ?? (shiftKey ? '?' : '/')) : meant
}

function isPlain(meant: string, digit: number): boolean {
  return /\p{Nd}/u.test(meant) || Boolean(SIGNS[digit - 1]?.includes(meant))
}

/** Fields whose caret stands in a text. */
const TEXTS =
  'input:not([type=radio]):not([type=checkbox]), textarea, [contenteditable]:not([contenteditable="false"])'

export function isInText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TEXTS) !== null
}
