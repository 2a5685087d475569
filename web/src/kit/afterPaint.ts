/** Run `act` once the next frame is painted, so that it takes no time between a key press and the next card. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(act))
}
