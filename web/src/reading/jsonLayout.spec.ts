import { expect, it } from 'vitest'
import { readJson, setOut } from './jsonLayout'

it('lays JSON out and keeps every number, escape and repeated key as written', () => {
  const json = '{"a":114.00,"a":[1,{}],"big":12345678901234567890,"s":"x, {\\u00e9} \\"y\\"","e":[]}'
  expect(setOut(json)).toBe(
    [
      '{',
      '  "a": 114.00,',
      '  "a": [',
      '    1,',
      '    {}',
      '  ],',
      '  "big": 12345678901234567890,',
      '  "s": "x, {\\u00e9} \\"y\\"",',
      '  "e": []',
      '}',
    ].join('\n'),
  )
})

it('says why a text is not valid JSON', () => {
  expect(readJson('{"a": 1,}')).toEqual({ valid: false, why: expect.stringContaining('JSON') as string })
  expect(readJson(' [1, 2]')).toMatchObject({ valid: true })
})

it.each(['plain', '[see] this', '{curly} talk', '[1] a citation', ''])(
  '“%s” was never meant as JSON',
  (text) => {
    expect(readJson(text)).toBeNull()
  },
)
