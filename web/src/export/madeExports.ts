import type { MadeExport } from '@/api/types'
import { commandLine, type ExportWish, isOfTheMoment, wishOf } from './exports'

export interface MadeFile {
  name: string
  bytes: number
  sha256: string
  rows: number | null
}

export interface MadeFacts {
  wish: ExportWish
  rows: number
  /** The id of the last decision that the export includes. */
  decision: number
  byCategory: Record<string, number>
  files: MadeFile[]
  /** The address that makes the same export again; null if it can't be made again. */
  url: string | null
  command: string
}

/** Read the facts with care: a newer or older version may have written the manifest. */
export function factsOf({ export_id, manifest }: MadeExport): MadeFacts {
  const wish = wishOf(record(manifest['recipe']))
  const decision = number(record(manifest['as_of'])['decision'])
  return {
    wish,
    rows: number(manifest['rows']),
    decision,
    byCategory: record(manifest['by_category']) as Record<string, number>,
    files: list(manifest['files']).map((file) => ({
      name: String(file['name'] ?? ''),
      bytes: number(file['bytes']),
      sha256: String(file['sha256'] ?? ''),
      rows: typeof file['rows'] === 'number' ? file['rows'] : null,
    })),
    url: isOfTheMoment(wish.format) ? null : `/api/sft/exports/${export_id}/download`,
    command: `${commandLine(wish)} --as-of ${decision}`,
  }
}

/** Click a link, so that the browser names the file and saves it. */
export function download(url: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = ''
  document.body.append(link)
  link.click()
  link.remove()
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : []
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
