import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { searchedPlaces } from './searchWords'

interface Case {
  text: string
  query: string
  marks: string[]
}

// The server is tested with the same table: tests/search/test_words.py.
const table = JSON.parse(readFileSync('../tests/samples/cases/text/marks.json', 'utf8')) as Case[]

it.each(table)('$query in $text', ({ text, query, marks }) => {
  expect(searchedPlaces(text, query).map(([from, to]) => text.slice(from, to))).toEqual(marks)
})

it('marks no place twice', () => {
  expect(searchedPlaces('paris', 'paris par')).toEqual([[0, 5]])
  expect(searchedPlaces('ああああ', 'ああ')).toEqual([
    [0, 2],
    [2, 4],
  ])
})
