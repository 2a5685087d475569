/** The placeholder in index.html, which the server replaces with a nonce; the dev server leaves it in place. */
const UNSET = '__AVOCET_CSP_NONCE__'

/** The response's CSP nonce, for code that must inject a <style>. Empty under the dev server, which sends no CSP. */
export function cspNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return nonce === UNSET ? '' : nonce
}
