import { beforeEach, expect, it } from 'vitest'
import { useLiveStore } from '@/shell/liveStore'
import { fakeServer } from '@/testing/fakeServer'
import { config, run, stats } from '@/testing/fixtures'
import { visitApp } from '@/testing/visitApp'

beforeEach(() => useLiveStore().stop())

/** The page on a desk with these tags, which renaming and merging change. */
async function visit(start: Record<string, number>) {
  const tags = new Map(Object.entries(start))
  const server = fakeServer({
    'GET /tags': () => ({ json: { tags: [...tags].map(([name, cards]) => ({ name, cards })) } }),
    'POST /tags/rename': ({ body }) => {
      const { name, to } = body as { name: string; to: string }
      if (tags.has(to))
        return { status: 409, json: { code: 'tag_exists', detail: `“${to}” is a tag already.` } }
      tags.set(to, tags.get(name)!)
      tags.delete(name)
      return { json: { ok: true, name: to, cards: tags.get(to) } }
    },
    'POST /tags/merge': ({ body }) => {
      const { names, into } = body as { names: string[]; into: string }
      const cards = names.reduce((sum, name) => sum + tags.get(name)!, tags.get(into) ?? 0)
      for (const name of names) tags.delete(name)
      tags.set(into, cards)
      return { json: { ok: true, name: into, cards } }
    },
    'DELETE /tags/old%20one': () => {
      tags.delete('old one')
      return { json: { ok: true, name: 'old one', cards: 0 } }
    },
    'GET /stats': () => ({ json: stats() }),
    'GET /runs': () => ({ json: [run('one')] }),
    'GET /config': () => ({ json: config }),
    'GET /decisions/summary': () => ({ json: { total: 0, by_action: {}, by_category: {}, by_fault: {} } }),
  })
  const page = await visitApp('/tags')
  const rows = () => page.all('tag-row').map((row) => row.dataset['tag'])
  return { server, page, rows }
}

it('lists the tags with their cards, and each leads to them', async () => {
  const { page, rows } = await visit({ units: 7, 'off by one': 3, late: 0 })
  expect(rows()).toEqual(['units', 'off by one', 'late'])
  expect(page.text('tags-answer')).toBe('3 tags, of which 1 on no card')
  expect(page.all('tag-open')[1]!.getAttribute('href')).toBe('/decided?tag=off+by+one')
  expect(page.all('tag-drop')).toHaveLength(1)
})

it('renames in place, and offers to undo that', async () => {
  const { server, page, rows } = await visit({ units: 7, late: 1 })
  await page.click(page.all('tag-rename')[0]!)
  await page.write('tag-name', ' wrong  unit, ')
  await page.click('tag-save')
  expect(server.to('POST /tags/rename')[0]!.body).toEqual({ name: 'units', to: 'wrong unit' })
  expect(rows()).toContain('wrong unit')
  expect(page.has('tag-name')).toBe(false)
  await page.click('toast-undo')
  expect(rows()).toContain('units')
})

it('offers to merge where the new name is that of another tag', async () => {
  const { server, page, rows } = await visit({ units: 7, unit: 1 })
  await page.click(page.all('tag-rename')[1]!)
  await page.write('tag-name', 'units')
  await page.click('tag-save')
  expect(page.text('rename-problem')).toContain('“units” is a tag already.')
  await page.click('merge-instead')
  expect(page.text('merge-confirm')).toBe('Make it “units” on 1 card')
  await page.click('merge-confirm')
  expect(server.to('POST /tags/merge')[0]!.body).toEqual({ names: ['unit'], into: 'units' })
  expect(rows()).toEqual(['units'])
  expect(page.text('toast')).toContain('1 tag went into “units”: 8 cards.')
})

it('merges those that are selected, by the keys, into a name of its own', async () => {
  const { server, page, rows } = await visit({ units: 7, unit: 1, late: 2 })
  for (const key of ['j', 'x', 'j', 'x']) await page.key(key, document.activeElement ?? undefined)
  await page.click('tags-merge')
  expect(page.text('merge-confirm')).toBe('Make it “units” on 1 card')
  await page.click('merge-into-new')
  expect(page.get('merge-confirm').hasAttribute('disabled')).toBe(true)
  await page.write('merge-name', 'wrong unit')
  expect(page.text('merge-confirm')).toBe('Make it “wrong unit” on up to 8 cards')
  await page.click('merge-confirm')
  expect(server.to('POST /tags/merge')[0]!.body).toEqual({ names: ['units', 'unit'], into: 'wrong unit' })
  expect(rows()).toEqual(['late', 'wrong unit'])
  expect(page.has('selection-bar')).toBe(false)
})

it('deletes a tag that no card has', async () => {
  const { page, rows } = await visit({ units: 7, 'old one': 0 })
  await page.click('tag-drop')
  expect(rows()).toEqual(['units'])
  expect(page.text('toast')).toContain('“old one” is deleted')
})

it('says what tags are for where there are none', async () => {
  const { page } = await visit({})
  expect(page.text('tags-empty')).toContain('Tags are your own words')
})
