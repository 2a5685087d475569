/** Send a key as the browser would, to the focused element unless another one is given. */
export function press(
  key: string,
  init: KeyboardEventInit = {},
  target: EventTarget = focused(),
): KeyboardEvent {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key
  const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...init })
  target.dispatchEvent(event)
  return event
}

function focused(): EventTarget {
  return document.activeElement ?? document.body
}
