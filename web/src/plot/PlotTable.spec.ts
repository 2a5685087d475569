import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import PlotTable from './PlotTable.vue'

it('heads each row with its first cell and aligns numbers right', () => {
  const table = mount(PlotTable, {
    props: {
      caption: 'Rows by characters',
      columns: [{ name: 'Characters', isText: true }, { name: 'Rows' }],
      rows: [
        ['8 to 15', '42'],
        ['16 to 31', '7'],
      ],
    },
  })
  expect(table.get('details > summary').text()).toBe('As a table')
  expect(table.get('[role=region]').attributes()).toMatchObject({
    role: 'region',
    tabindex: '0',
    'aria-label': 'Rows by characters',
  })
  expect(table.get('caption').text()).toBe('Rows by characters')
  expect(table.findAll('th[scope=col]').map((head) => head.text())).toEqual(['Characters', 'Rows'])
  expect(table.findAll('tbody th[scope=row]').map((head) => head.text())).toEqual(['8 to 15', '16 to 31'])
  expect(table.findAll('.num').map((cell) => cell.text())).toEqual(['Rows', '42', '7'])
})
