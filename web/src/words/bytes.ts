const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const

/** A file size in words: 1 byte, 12 KB, 3.4 MB. */
export function bytes(number: number): string {
  if (number === 1) return '1 byte'
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, number)) / 3))
  const size = number / 1000 ** power
  return `${size < 10 && power > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[power]}`
}
