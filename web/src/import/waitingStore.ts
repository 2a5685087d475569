import { defineStore } from 'pinia'
import { api, ask, asApiError } from '@/api/client'

/** An upload that is neither imported nor thrown away; the desk keeps it for a day. */
export interface WaitingUpload {
  uploadId: string
  /** The number of runs, and of files that were not recognised. */
  runs: number
  at: string
}

const KEY = 'avocet.waiting'

export const useWaitingStore = defineStore('waiting', {
  state: (): { uploads: WaitingUpload[] } => ({ uploads: read() }),

  actions: {
    remember(uploadId: string, runs: number): void {
      const known = this.uploads.find((upload) => upload.uploadId === uploadId)
      const at = known?.at ?? new Date().toISOString()
      this.uploads = [{ uploadId, runs, at }, ...this.uploads.filter((upload) => upload !== known)]
      write(this.uploads)
    },

    forget(uploadId: string): void {
      this.uploads = this.uploads.filter((upload) => upload.uploadId !== uploadId)
      write(this.uploads)
    },

    /** Forget the uploads that the desk no longer has. */
    async check(): Promise<void> {
      for (const { uploadId } of [...this.uploads]) {
        const params = { path: { upload_id: uploadId } }
        const error = await ask(api.GET('/api/sft/uploads/{upload_id}', { params })).then(
          () => null,
          asApiError,
        )
        if (error?.status === 404) this.forget(uploadId)
      }
    },
  },
})

function read(): WaitingUpload[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? (stored as WaitingUpload[]) : []
  } catch {
    return []
  }
}

function write(uploads: readonly WaitingUpload[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(uploads))
  } catch {
    // Without storage only this page knows them.
  }
}
