/** The settings of a job that say something, each with its name and its value in words. */
export function settingsOf(config: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(config)
    .filter(([, value]) => value !== null && !(Array.isArray(value) && !value.length))
    .map(([name, value]) => [name, words(value)])
}

function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
