import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { showCard } from '@/testing/showCard'
import { CATEGORIES } from '@/words/categories'
import { isIme, keepImeKeys, meaningOf } from './keys'
import { commandOf } from './useReviewKeys'

vi.mock('@/review/CorrectionEditor.vue', () => {
  throw new Error('not to be had')
})

function key(key: string, code: string, init: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...init })
}

describe('what a key means', () => {
  it.each([
    ['the letter of Dvorak, not its place', 'd', 'KeyH', {}, 'd'],
    ['what stands at the place of D in Dvorak', 'e', 'KeyD', {}, 'e'],
    ['the letter of AZERTY', 'a', 'KeyQ', {}, 'a'],
    ['a capital', 'D', 'KeyD', {}, 'd'],
    ['Cyrillic by its place', 'в', 'KeyD', {}, 'd'],
    ['Arabic by its place', 'ي', 'KeyD', {}, 'd'],
    ['the question mark of Arabic', '؟', 'Slash', { shiftKey: true }, '?'],
    ['a Latin letter that we have no use for', 'è', 'KeyT', {}, 'è'],
    ['a sign at the place of a letter', ';', 'KeyZ', {}, ';'],
    ['the digit of AZERTY', '1', 'Digit1', { shiftKey: true }, '1'],
    ['the digit row of AZERTY without Shift', '&', 'Digit1', {}, '1'],
    ['the digit row of Czech without Shift', 'ě', 'Digit2', {}, '2'],
    ['a sign of the digit row', '!', 'Digit1', { shiftKey: true }, '!'],
    ['a slash of the digit row', '/', 'Digit6', { shiftKey: true }, '/'],
    ['an Arabic digit', '٤', 'Digit4', {}, '4'],
    ['the number block', '4', 'Numpad4', {}, '4'],
    ['the number block without NumLock', 'ArrowLeft', 'Numpad4', {}, 'arrowleft'],
    ['a dead key', 'Dead', 'KeyD', {}, 'dead'],
  ])('%s', (_, given, code, init, meant) => {
    expect(meaningOf(key(given, code, init))).toBe(meant)
  })
})

it('the number block picks only while it gives digits', () => {
  expect(commandOf(key('4', 'Numpad4'))).toEqual({ command: 'pick', digit: 4 })
  expect(commandOf(key('ArrowLeft', 'Numpad4'))).toBeNull()
  expect(commandOf(key('End', 'Numpad1'))).toBeNull()
})

it('no character that is typed with Option or AltGr is taken from a text', async () => {
  const desk = showCard()
  await desk.key('c')
  const editor = await desk.editor()
  const alone = [
    ['[', 'Digit5'],
    ['{', 'Digit8'],
    ['|', 'Digit1'],
    ['|', 'Digit6'],
    ['@', 'Digit2'],
    ['#', 'Digit3'],
    ['$', 'Digit4'],
    ['¡', 'Digit1'],
    ['@', 'Digit6'],
    ['{', 'Digit4'],
    ['√', 'KeyV'],
    ['Dead', 'Digit6'],
    ['1', 'Numpad1'],
  ] as const
  for (const [given, code] of alone) {
    expect((await desk.key(given, { code, altKey: true }, editor)).defaultPrevented, given).toBe(false)
    expect((await desk.key(given, { code, altKey: true, ctrlKey: true }, editor)).defaultPrevented).toBe(
      false,
    )
  }
  expect(desk.chosen()).toEqual([])
  await desk.key('4', { altKey: true }, editor)
  expect(desk.chosen()).toEqual(['wrong_answer'])
})

it.each([
  ['French', '&é"\'(-'],
  ['new French', 'àéèê()'],
  ['Belgian', '&é"\'(§'],
  ['Czech', '+ěščřž'],
  ['Slovak', '+ľščťž'],
  ['Lithuanian', 'ąčęėįš'],
  ['Arabic', '١٢٣٤٥٦'],
])('Alt and the place of a digit picks in a text as the chips say, on a %s keyboard', async (_, row) => {
  const desk = showCard()
  await desk.key('c')
  const editor = await desk.editor()
  for (const [index, given] of [...row].entries()) {
    const code = `Digit${index + 1}`
    expect((await desk.key(given, { code }, editor)).defaultPrevented, given).toBe(false)
    expect((await desk.key(given, { code, altKey: true }, editor)).defaultPrevented, given).toBe(true)
    expect(desk.chosen()).toEqual([CATEGORIES[index]!.value])
    const altGr = { code, altKey: true, ctrlKey: true }
    expect((await desk.key(given, altGr, editor)).defaultPrevented, given).toBe(false)
  }
})

it('on a Mac Control goes with the digit in a text, and the chips say so there', async () => {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')
  vi.resetModules()
  const { commandOf: onMac, digitKey, REVIEW_KEYS } = await import('./useReviewKeys')
  expect(onMac(key('4', 'Digit4', { altKey: true }))).toBeNull()
  expect(onMac(key('4', 'Digit4', { ctrlKey: true }))).toEqual({ command: 'pick', digit: 4 })
  expect(onMac(key("'", 'Digit4', { ctrlKey: true }))).toEqual({ command: 'pick', digit: 4 })
  expect(onMac(key('v', 'KeyV', { ctrlKey: true }))).toBeNull()
  expect(onMac(key('V', 'KeyV', { ctrlKey: true, shiftKey: true }))?.command).toBe('diffView')
  expect(digitKey(4, true)).toEqual({ label: '⌃ 4', shortcuts: 'Control+4' })
  expect(digitKey(4, false)).toEqual({ label: '4', shortcuts: '4 Control+4' })
  expect(REVIEW_KEYS.map(({ label }) => label)).toContain('⌃ 1–6')
})

it('the chips name the key that works where the caret is', async () => {
  const desk = showCard()
  await desk.key('d')
  expect(desk.get('chip-wrong_answer').text()).toBe('4 Wrong answer')
  await desk.key('n')
  expect(desk.get('chip-wrong_answer').text()).toBe('Alt 4 Wrong answer')
  expect(desk.get('chip-wrong_answer').attributes('aria-keyshortcuts')).toBe('Alt+4')
  await desk.key('Escape')
  expect(desk.get('chip-wrong_answer').text()).toBe('4 Wrong answer')
})

it('Ctrl+Enter and Esc act on the decision only from where it is made', async () => {
  const desk = showCard()
  const search = document.createElement('input')
  document.body.append(search)
  await desk.key('d')
  await desk.key('4')
  expect((await desk.key('Enter', { ctrlKey: true }, search)).defaultPrevented).toBe(false)
  expect(
    commandOf(Object.defineProperty(key('Escape', 'Escape'), 'target', { value: search }))?.command,
  ).toBe('leaveField')
  await desk.key('Escape', {}, search)
  expect(desk.chosen()).toEqual(['wrong_answer'])
  expect(desk.sent()).toEqual([])
  await desk.key('n')
  await desk.key('Enter', { ctrlKey: true })
  expect(desk.sent()).toHaveLength(1)
})

describe('an input method', () => {
  const composing = [{ isComposing: true }, { keyCode: 229 }]

  it.each(composing)('keeps its keys to itself: %o', (init) => {
    keepImeKeys()
    const heard = vi.fn()
    for (const where of [window, document, document.body]) where.addEventListener('keydown', heard, true)
    for (const name of ['Enter', 'Escape', 'Process', 'a']) {
      const event = key(name, name, init)
      expect(isIme(event)).toBe(true)
      expect(commandOf(event)).toBeNull()
      document.body.dispatchEvent(event)
      expect(event.defaultPrevented).toBe(false)
    }
    expect(heard).not.toHaveBeenCalled()
    document.body.dispatchEvent(key('Enter', 'Enter'))
    expect(heard).toHaveBeenCalledTimes(3)
    for (const where of [window, document, document.body]) where.removeEventListener('keydown', heard, true)
  })

  it('comes before every key handler of the page', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(vue|ts)$/.test(path) && !/\.spec\.|testing\//.test(path))
      .map((path) => [path, readFileSync(`src/${path}`, 'utf8')] as const)
    // keepImeKeys is called in the app's first line, before any listener that the page adds later.
    const [, app] = sources.find(([path]) => path === 'App.vue')!
    expect(app.split('\n').find((line) => /^\w.*\(/.test(line) && !line.startsWith('import'))).toMatch(
      /^const HelpSheet/,
    )
    expect(app.indexOf('\nkeepImeKeys()')).toBeLessThan(app.search(/\buse\w+\(/))
    const isTyped = /@key(?:down|up|press)|addEventListener\(\s*['"]key|onKeyStroke/
    const handlers = sources.filter(([, text]) => isTyped.test(text)).map(([path]) => path)
    expect(handlers).toContain('kit/SearchField.vue')
    // A key listener set in main.ts, before the app, would also receive the keys of input methods.
    expect(handlers).not.toContain('main.ts')
    const own = sources.filter(([, text]) => /isComposing|keyCode|keypress/.test(text)).map(([path]) => path)
    // The two fields read the composed text, not a key.
    expect(own.toSorted()).toEqual(['kit/KeptField.vue', 'kit/SearchField.vue', 'kit/keys.ts'])
  })
})
