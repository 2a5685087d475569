import { expect, it } from 'vitest'
import { isCrlf, withLineEndsOf } from './lineEnds'

it.each([
  ['a\r\nb', true],
  ['a\r\nb\nc', false],
  ['\na\r\nb', false],
  ['a\nb', false],
  ['a\rb', false],
  ['a', false],
])('%j has CRLF throughout: %s', (text, crlf) => {
  expect(isCrlf(text)).toBe(crlf)
})

it.each([
  ['a\nb', 'x\r\ny\rz\n', 'x\ny\nz\n'],
  ['a\r\nb', 'x\ny\r\nz\r', 'x\r\ny\r\nz\r\n'],
  ['a\r\nb\nc', 'x\r\ny', 'x\ny'],
  ['50 %\r100 %\nb', 'x\r\n7 %\r8 %', 'x\n7 %\r8 %'],
  ['one line', 'x\r\n\r\ny', 'x\n\ny'],
])('beside %j, %j becomes %j', (answer, text, expected) => {
  expect(withLineEndsOf(answer, text)).toBe(expected)
})
