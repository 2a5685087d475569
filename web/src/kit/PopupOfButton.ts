import { injectDropdownMenuRootContext, injectPopoverRootContext } from 'reka-ui'
import { defineComponent, type PropType, watchEffect } from 'vue'
import type { PopupButton } from './usePopup'

/**
 * Placed inside a menu or popover, links it to the button that opened it, for its name and for returning the focus.
 */
export default defineComponent({
  props: {
    kind: { type: String as PropType<'menu' | 'dialog'>, required: true },
    popup: { type: Object as PropType<PopupButton>, required: true },
  },
  setup(props) {
    const root = props.kind === 'menu' ? injectDropdownMenuRootContext() : injectPopoverRootContext()
    root.triggerId = props.popup.id
    root.contentId = props.popup.popupId
    watchEffect(() => (root.triggerElement.value = props.popup.element ?? undefined))
    return () => null
  },
})
