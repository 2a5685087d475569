import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ImportDock from './ImportDock.vue'

const NOTHING = { ready: [], wouldImport: null, busy: false, held: true }

it('says of files that nobody knew neither that they are imported nor that they are not needed', () => {
  const dock = mount(ImportDock, { props: { ...NOTHING, sections: [] }, global: { stubs: ['RouterLink'] } })
  expect(dock.text()).toBe('Throw away…')
})
