import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'
import { isInText } from './keys'

/** Whether the caret is in a text field, where a digit alone is typed. */
export function useCaret(): Ref<boolean> {
  const inText = ref(isInText(document.activeElement))
  const look = ({ target }: FocusEvent): void => void (inText.value = isInText(target))
  const lookAfter = ({ relatedTarget }: FocusEvent): void => void (inText.value = isInText(relatedTarget))
  onMounted(() => {
    document.addEventListener('focusin', look)
    document.addEventListener('focusout', lookAfter)
  })
  onBeforeUnmount(() => {
    document.removeEventListener('focusin', look)
    document.removeEventListener('focusout', lookAfter)
  })
  return inText
}
