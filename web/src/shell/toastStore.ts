import { defineStore } from 'pinia'
import type { SftUndoable } from '@/review/lastAction'

/** The latest message or undoable step. Only one at a time is shown, announced once by the app's only live region. */
export type SftToast =
  | { id: number; kind: 'action'; last: SftUndoable; again: boolean }
  | { id: number; kind: 'notice'; text: string; moved: boolean; undo?: () => void }

let toastId = 0

export const useToastStore = defineStore('toast', {
  state: (): { toast: SftToast | null } => ({ toast: null }),

  actions: {
    /** `again`: it was redone. */
    done(last: SftUndoable, again = false): void {
      this.toast = { id: ++toastId, kind: 'action', last, again }
    },

    /** Hide the toast: a larger element now says what there is to say. */
    clear(): void {
      this.toast = null
    },

    /** Offer to undo something that is not a decision. */
    offer(text: string, undo: () => void): void {
      this.toast = { id: ++toastId, kind: 'notice', text, moved: false, undo }
    },

    /** `moved`: another card is on screen now, so the toast names it. */
    notify(text: string, moved = false): void {
      this.toast = { id: ++toastId, kind: 'notice', text, moved }
    },
  },
})
