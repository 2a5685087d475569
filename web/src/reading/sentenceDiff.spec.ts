import { presentableDiff } from '@codemirror/merge'
import { expect, it } from 'vitest'
import { wholeSentences } from './sentenceDiff'

/** The texts as they are shown: removed in brackets, added in braces. */
function shown(before: string, after: string): string {
  let [done, text] = [0, '']
  const changes = wholeSentences(presentableDiff(before, after), before)
  for (const { fromA, toA, fromB, toB } of changes) {
    text += before.slice(done, fromA)
    if (toA > fromA) text += `[${before.slice(fromA, toA)}]`
    if (toB > fromB) text += `{${after.slice(fromB, toB)}}`
    done = toA
  }
  const whole = text + before.slice(done)
  expect(whole.replace(/\{[^}]*\}/g, '').replace(/[[\]]/g, '')).toBe(before)
  expect(whole.replace(/\[[^\]]*\]/g, '').replace(/[{}]/g, '')).toBe(after)
  return whole
}

const first = 'The treaty of Westphalia was signed in 1648, after five years of talks. '
const last = ' It was the first of its kind.'

it('leaves small changes as they are', () => {
  expect(shown('The total is 114.00 EUR.', 'The total is 128.50 EUR.')).toBe(
    'The total is [114.0]{128.5}0 EUR.',
  )
  expect(shown('It is large, red and round.', 'It is small, red and flat.')).toBe(
    'It is [large]{small}, red and [round]{flat}.',
  )
  expect(shown(`${first}It is large.`, `${first}It is small.`)).toBe(`${first}It is [large]{small}.`)
})

it('shows a sentence that was written anew whole, and its neighbours not at all', () => {
  const [old, now] = [
    'Peace came because all sides were tired of the war.',
    'Sweden and France gained most by these terms.',
  ]
  expect(shown(first + old + last, first + now + last)).toBe(`${first}[${old}]{${now}}${last}`)
})

it('shows an answer that was written anew as two texts', () => {
  const old =
    'Many see it as the start of the modern state. The talks took place in two towns. They were long.'
  const now =
    'It let each prince choose the faith of his land. Calvinists were now among them. Rome protested.'
  expect(shown(old, now)).toBe(`[${old}]{${now}}`)
})

it('keeps lines of code apart', () => {
  const old = 'def f(a):\n    return a\n\nprint(f(1))\n'
  expect(shown(old, old.replace('return a', 'return a + 1'))).toBe(
    'def f(a):\n    return a{ + 1}\n\nprint(f(1))\n',
  )
})
