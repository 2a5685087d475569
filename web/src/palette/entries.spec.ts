import { describe, expect, it } from 'vitest'
import { type Entry, found } from './entries'

const ENTRIES: Entry[] = [
  { group: 'Documentation', title: 'Scores', hint: 'how good a model really is', to: '/docs/scores' },
  { group: 'Pages', title: 'Insights', to: '/insights' },
  { group: 'Pages', title: 'Scores', to: '/scores' },
  { group: 'Actions', title: 'Theme: dark', words: 'colours', act: () => 0 },
  ...[...'abcdefgh'].map((run): Entry => ({
    group: 'Runs',
    title: `Scores of ${run}`,
    to: `/scores?run_id=${run}`,
  })),
]

function titles(typed: string): Record<string, string[]> {
  return Object.fromEntries(
    found(ENTRIES, typed).map(({ group, entries }) => [group, entries.map((one) => one.title)]),
  )
}

describe('what the palette finds', () => {
  it('shows the groups in their order, and at most six of those that can be many', () => {
    expect(Object.keys(titles(''))).toEqual(['Pages', 'Actions', 'Runs', 'Documentation'])
    expect(titles('')['Runs']).toHaveLength(6)
  })

  it('wants every word, in any order, of title, hint, group or other words', () => {
    expect(titles('good scores')).toEqual({ Documentation: ['Scores'] })
    expect(titles('COLOURS')).toEqual({ Actions: ['Theme: dark'] })
    expect(titles('runs h')).toEqual({ Runs: ['Scores of h'] })
    expect(titles('nothing')).toEqual({})
  })

  it('puts first what begins with what was typed', () => {
    const entries: Entry[] = ['About runs', 'My runs', 'Runs'].map((title) => ({
      group: 'Pages',
      title,
      to: '/',
    }))
    expect(found(entries, 'runs')[0]?.entries.map(({ title }) => title)).toEqual([
      'Runs',
      'About runs',
      'My runs',
    ])
  })

  it('keeps the cards that the server found in other words', () => {
    const card: Entry = { group: 'Cards', title: 'Capital', to: '/cards/1' }
    expect(found([card], 'Lisbon')).toEqual([{ group: 'Cards', entries: [card] }])
  })
})
