import { defineAsyncComponent } from 'vue'
import PlainCorrection from './PlainCorrection.vue'

type Editor = (typeof import('./CorrectionEditor.vue'))['default'] | typeof PlainCorrection

const load = () => import('./CorrectionEditor.vue')

/** The editor is only fetched when someone corrects. Should that fail, a plain field does the job. */
export const CorrectionEditor = defineAsyncComponent((): Promise<Editor> =>
  load().then(
    (editor) => editor.default,
    () => PlainCorrection,
  ),
)

/** For a reviewer who is at work: the first C should not wait for the network. */
export function fetchEditorWhenIdle(): void {
  if (!('requestIdleCallback' in window)) return
  window.requestIdleCallback(() => void load().catch(() => undefined))
}
