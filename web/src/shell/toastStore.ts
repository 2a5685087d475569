import { defineStore } from 'pinia'
import type { SftUndoable } from '@/review/lastAction'

/** What was just done, and what can be undone: one at a time, said once, by the one live region of the app. */
export type SftToast =
  | { id: number; kind: 'action'; last: SftUndoable }
  | { id: number; kind: 'notice'; text: string; moved: boolean; undo?: () => void }

let toastId = 0

export const useToastStore = defineStore('toast', {
  state: (): { toast: SftToast | null } => ({ toast: null }),

  actions: {
    done(last: SftUndoable): void {
      this.toast = { id: ++toastId, kind: 'action', last }
    },

    /** Something larger has the word now. */
    clear(): void {
      this.toast = null
    },

    /** What was done is no decision, and can be taken back all the same. */
    offer(text: string, undo: () => void): void {
      this.toast = { id: ++toastId, kind: 'notice', text, moved: false, undo }
    },

    /** `moved`: another card is on screen now, and wants to be named. */
    notify(text: string, moved = false): void {
      this.toast = { id: ++toastId, kind: 'notice', text, moved }
    },
  },
})
