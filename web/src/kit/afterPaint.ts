/** Once the next picture is on the screen: between a key and the next card there is no room for anything else. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act))
}
