import { defineStore } from 'pinia'
import { markRaw } from 'vue'
import { ApiError, api, ask, asApiError, isAbort } from '@/api/client'
import type { NamedFile } from './droppedFiles'
import { sendFiles, type Sending } from './sendFiles'

interface UploadState {
  status: 'idle' | 'sending' | 'failed'
  /** The files being sent, or those kept to try again after a failure. */
  files: readonly NamedFile[]
  sent: number
  total: number
  error: ApiError | null
}

let sending: Sending | null = null

/** Files on their way from this page to the desk. */
export const useUploadStore = defineStore('upload', {
  state: (): UploadState => ({ status: 'idle', files: [], sent: 0, total: 0, error: null }),

  actions: {
    /** Send files and return the upload's id; null if it was stopped or refused. */
    async send(files: readonly NamedFile[]): Promise<string | null> {
      if (this.status === 'sending' || !files.length) return null
      const total = files.reduce((sum, { file }) => sum + file.size, 0)
      // Marked raw, because the browser does not accept a File inside a proxy.
      Object.assign(this, { status: 'sending', files: markRaw([...files]), sent: 0, total, error: null })
      try {
        sending = sendFiles(files, (sent, all) => Object.assign(this, { sent, total: all }))
        const { upload_id } = await sending.report
        this.clear()
        return upload_id
      } catch (cause) {
        if (isAbort(cause)) this.clear()
        else Object.assign(this, { status: 'failed', error: await explain(asApiError(cause)) })
        return null
      } finally {
        sending = null
      }
    },

    retry(): Promise<string | null> {
      return this.send(this.files)
    },

    cancel(): void {
      sending?.cancel()
    },

    clear(): void {
      Object.assign(this, { status: 'idle', files: [], sent: 0, total: 0, error: null })
    },
  },
})

/** Ask whether the desk is there: a connection that breaks during an upload does not say why. */
async function explain(error: ApiError): Promise<ApiError> {
  if (error.code !== 'lost_server') return error
  const answers = await ask(api.GET('/api/sft/stats')).then(
    () => true,
    () => false,
  )
  if (!answers) return error
  return new ApiError(
    'cut_off',
    'The upload was cut off, though the desk answers: a file may have changed or gone while it was sent.',
    0,
  )
}
