/** The response's CSP nonce, for what must inject a <style>. Empty under the dev server, which sends no CSP. */
export function cspNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return nonce.startsWith('__') ? '' : nonce
}
