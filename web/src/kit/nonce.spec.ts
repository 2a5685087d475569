import { afterEach, expect, it } from 'vitest'
import { cspNonce } from './nonce'

afterEach(() => document.head.replaceChildren())

// A nonce is random text of letters, digits, - and _, so it may begin like the placeholder that it replaces.
it.each([
  ['__HvEkgfvPnA7', '__HvEkgfvPnA7'],
  ['__AVOCET_CSP_NONCE__', ''],
])('of %s is %s', (content, nonce) => {
  document.head.innerHTML = `<meta name="csp-nonce" content="${content}">`
  expect(cspNonce()).toBe(nonce)
})
