import { expect, it } from 'vitest'
import { droppedFiles } from './droppedFiles'

interface Entry {
  name: string
  children?: Entry[]
}

/** A folder as a browser lists it: a few entries at a time, and an empty list at the end. */
function asEntry({ name, children }: Entry, above = ''): object {
  const fullPath = `${above}/${name}`
  if (!children) {
    return { isFile: true, name, fullPath, file: (take: (file: File) => void) => take(new File(['x'], name)) }
  }
  const entries = children.map((child) => asEntry(child, fullPath))
  const createReader = () => {
    let at = 0
    return { readEntries: (take: (some: object[]) => void) => take(entries.slice(at, (at += 2))) }
  }
  return { isFile: false, name, fullPath, createReader }
}

function transfer(...items: object[]): DataTransfer {
  return { items } as unknown as DataTransfer
}

it('reads a whole folder with its subfolders, and leaves hidden files out', async () => {
  const folder = asEntry({
    name: 'run',
    children: [
      { name: 'results.json' },
      { name: '.DS_Store' },
      { name: 'samples', children: [{ name: 'a.jsonl' }, { name: 'b.jsonl' }, { name: 'c.jsonl' }] },
      { name: '.git', children: [{ name: 'HEAD' }] },
    ],
  })
  const found = await droppedFiles(transfer({ kind: 'file', webkitGetAsEntry: () => folder }))
  expect(found.map(({ path }) => path)).toEqual([
    'run/results.json',
    'run/samples/a.jsonl',
    'run/samples/b.jsonl',
    'run/samples/c.jsonl',
  ])
})

it('takes files that come without an entry, and no text', async () => {
  const file = new File(['x'], 'log.eval')
  const items = [{ kind: 'string' }, { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file }]
  expect(await droppedFiles(transfer(...items))).toEqual([{ file, path: 'log.eval' }])
})
