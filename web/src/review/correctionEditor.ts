import { defineAsyncComponent } from 'vue'
import PlainCorrection from './PlainCorrection.vue'

type Editor = (typeof import('./CorrectionEditor.vue'))['default'] | typeof PlainCorrection

const load = () => import('./CorrectionEditor.vue')

/** The editor, loaded only when a correction begins; a plain field replaces it if loading fails. */
export const CorrectionEditor = defineAsyncComponent((): Promise<Editor> =>
  load().then(
    (editor) => editor.default,
    () => PlainCorrection,
  ),
)

/** Load the editor ahead for a reviewer at work, so that the first C need not wait for the network. */
export function fetchEditorWhenIdle(): void {
  if (!('requestIdleCallback' in window)) return
  window.requestIdleCallback(() => void load().catch(() => undefined))
}
