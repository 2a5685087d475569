import { lostServer, toApiError } from '@/api/client'
import type { UploadReport } from '@/api/types'
import type { NamedFile } from './droppedFiles'

export interface Sending {
  report: Promise<UploadReport>
  cancel: () => void
}

/**
 * Send files to the desk, which keeps them unread. XMLHttpRequest, because only it reports the progress of an upload.
 */
export function sendFiles(files: readonly NamedFile[], tell: (sent: number, total: number) => void): Sending {
  const form = new FormData()
  for (const { file, path } of files) form.append('files', file, path)
  const request = new XMLHttpRequest()
  const report = new Promise<UploadReport>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => tell(loaded, total))
    request.addEventListener('error', () => reject(lostServer()))
    request.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')))
    request.addEventListener('load', () => {
      const { status } = request
      const body = readBody(request.responseText)
      if (status >= 200 && status < 300) resolve(body as UploadReport)
      else reject(toApiError(body, status))
    })
  })
  request.open('POST', '/api/sft/upload?hold=true')
  request.send(form)
  return { report, cancel: () => request.abort() }
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
