import { describe, expect, it } from 'vitest'
import { asTag, isSameTag, LONGEST_TAG, MOST_TAGS, withTags } from './tag'

describe('a tag', () => {
  it.each([
    ['  off   by\tone ', 'off by one'],
    ['#units', 'units'],
    ['## units', 'units'],
    ['C#', 'C#'],
    ['cafe\u0301', 'café'],
    ['a\u0007b', 'a b'],
    [' # ', ''],
    ['😀'.repeat(50), '😀'.repeat(LONGEST_TAG)],
  ])('%j is kept as %j', (typed, kept) => {
    expect(asTag(typed)).toBe(kept)
  })

  it('is the same in other letters', () => {
    expect(isSameTag('Units', '#units ')).toBe(true)
    expect(isSameTag('units', 'unit')).toBe(false)
  })

  it('stands once, in its first spelling, and commas separate several', () => {
    expect(withTags(['Units'], 'units, off by one,, OFF  BY ONE')).toEqual(['Units', 'off by one'])
  })

  it('is left out where a decision has all it can have', () => {
    const all = Array.from({ length: MOST_TAGS }, (_, index) => `tag ${index}`)
    expect(withTags(all, 'one more')).toEqual(all)
  })
})
