import { expect, it } from 'vitest'
import { promptText } from './promptText'

it('copies a prompt of one turn as it is, of several with their roles', () => {
  const asked = { role: 'user', content: 'Why?\n' }
  expect(promptText([asked])).toBe('Why?\n')
  expect(promptText([{ role: 'system', content: 'Be brief.' }, asked])).toBe(
    'system:\nBe brief.\n\nuser:\nWhy?\n',
  )
})
