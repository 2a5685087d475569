/** The harness as people read it: lines that name none are stored under the name of their importer. */
export function harnessWords(name: string): string
export function harnessWords(name: string | null | undefined): string | null | undefined
export function harnessWords(name: string | null | undefined): string | null | undefined {
  return name === 'cf-orch' ? 'candidate lines' : name
}
