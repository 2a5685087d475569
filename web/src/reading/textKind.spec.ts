import { expect, it } from 'vitest'
import { codeLanguage, looksLikeCode, looksLikeMarkdown } from './textKind'

it.each([
  ['# Heading', true],
  ['text\n\n  - item', true],
  ['1) first', true],
  ['| a | b |', true],
  ['so **bold** it is', true],
  ['see [the page](x.html)', true],
  ['![a picture](x.png)', true],
  ['a - b, 2 * 3 * 4', false],
  ['#hashtag', false],
  ['so \\(x\\) it is', true],
  ['$a_1$', true],
  ['it costs $5', false],
  ['[1] and (2)', false],
])('knows Markdown: %j', (text, expected) => {
  expect(looksLikeMarkdown(text)).toBe(expected)
})

it.each([
  ['Sure:\n  ```python\nx\n```', true],
  ['\n {"a": 1}', true],
  ['[["a"]]', true],
  ['Use ``` to quote', false],
  ['{x} is a set', false],
])('knows code: %j', (text, expected) => {
  expect(looksLikeCode(text)).toBe(expected)
})

it.each([
  ['def add(a, b):\n\treturn a + b\n', null, 'python'],
  ['Here it is:\ndef add(a, b):\n\treturn a + b', 'code', 'python'],
  ['Here it is:\ndef add(a, b):\n\treturn a + b', 'sums', null],
  ['#include <stdio.h>\nint main() {}', null, 'cpp'],
  ['SELECT name FROM users', null, 'sql'],
  ['fn main() {\n    println!("hi");\n}', null, 'rust'],
  ['package main\n\nfunc main() {}', null, 'go'],
  ['#!/usr/bin/env bash\necho hi', null, 'bash'],
  ['    return a + b\n', 'humaneval', 'python'],
  ['    return a + b\n', 'sums', null],
  ['A plain answer', 'code', null],
  ['Select the first one', null, null],
  ['import from France is', null, null],
  ['```python\ndef f(): pass\n```', 'code', null],
])('knows the language of %j for a task of %j', (text, taskType, expected) => {
  expect(codeLanguage(text, taskType)).toBe(expected)
})

it.each([
  ['\n', false, false],
  ['\n ', false, false],
  ['[', false, true],
  ['[a](', false, false],
  ['**', false, false],
  ['|a', true, false],
  ['$a=', true, false],
  ['$ ', false, false],
])('reads the repetitions of a stuck model in linear time: %j', (piece, isMarkdown, isCode) => {
  // A pattern that backtracks on these texts would run for minutes.
  const text = piece.repeat(400_000)
  expect([looksLikeMarkdown(text), looksLikeCode(text)]).toEqual([isMarkdown, isCode])
})
