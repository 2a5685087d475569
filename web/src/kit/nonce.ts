/** As it stands in index.html until the server writes a nonce there: the dev server does not. */
const UNSET = '__AVOCET_CSP_NONCE__'

/** The response's CSP nonce, for what must inject a <style>. Empty under the dev server, which sends no CSP. */
export function cspNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return nonce === UNSET ? '' : nonce
}
