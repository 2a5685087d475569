/** Whether Alt types characters: Option does on a Mac, Alt does not elsewhere. */
export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * Whether a key belongs to an input method, which uses it to choose or confirm characters.
 * Safari sends the Enter that ends a composition after `isComposing` is false again; only key code 229 tells.
 */
export function isIme(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229
}

/** CodeMirror handles input methods itself and must receive their keys. */
const EDITOR = '.cm-editor'

function stopIme(event: KeyboardEvent): void {
  const inEditor = event.target instanceof Element && event.target.closest(EDITOR)
  if (isIme(event) && !inEditor) event.stopImmediatePropagation()
}

/** Keep an input method's keys from every key handler, including those of libraries. Call it before any is added. */
export function keepImeKeys(): void {
  for (const type of ['keydown', 'keyup'] as const) window.addEventListener(type, stopIme, true)
}

/** A letter of a script other than Latin, which is read by its position on a Latin keyboard instead. */
const FOREIGN = /(?!\p{Script=Latin})[\p{L}؟]/u

/**
 * The characters of the keys 1 to 6 without Shift on French, Belgian, Czech, Slovak and Lithuanian keyboards.
 * If Alt leaves the character unchanged, Alt types nothing; Option and AltGr would have turned it into another one.
 */
const SIGNS = ['&à+ą', 'éěľč', '"èšę', "'êčė", '(řťį', '-§)žš']

/**
 * The letter, digit or sign that a key stands for.
 * Where its character means nothing here the position counts: for letters of other scripts, and for the digit row
 * without Shift, which gives signs on a French keyboard and letters on a Czech one.
 * `typed`: Alt is held in a text field, where the position counts only for what the key would give without Alt.
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

/** Fields in which text is typed. */
const TEXTS =
  'input:not([type=radio]):not([type=checkbox]), textarea, [contenteditable]:not([contenteditable="false"])'

export function isInText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TEXTS) !== null
}
