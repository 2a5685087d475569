import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import ImportDock from './ImportDock.vue'

const NOTHING = { ready: [], wouldImport: null, busy: false, held: true }

it('calls files that were not recognised neither imported nor unneeded', () => {
  const dock = mount(ImportDock, { props: { ...NOTHING, sections: [] }, global: { stubs: ['RouterLink'] } })
  expect(dock.text()).toBe('Throw away…')
})
