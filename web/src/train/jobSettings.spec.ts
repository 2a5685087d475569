import { expect, it } from 'vitest'
import { settingsOf } from './jobSettings'

it('writes every setting that says something as text', () => {
  const models = [{ name: 'small', adapter: null }, 'plain']
  expect(settingsOf({ models, seed: 0, system: null, adapters: [], judge: { model: 'wise' } })).toEqual([
    ['models', '{"name":"small","adapter":null}, plain'],
    ['seed', '0'],
    ['judge', '{"model":"wise"}'],
  ])
})
