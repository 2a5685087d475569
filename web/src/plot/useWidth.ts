import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** An element's width in pixels, so that a drawing inside it keeps the size of its letters. */
export function useWidth(element: Readonly<Ref<HTMLElement | null>>, usual: number): Ref<number> {
  const width = ref(usual)
  let observer: ResizeObserver | undefined
  onMounted(() => {
    if (!element.value || typeof ResizeObserver === 'undefined') return
    observer = new ResizeObserver(([entry]) => {
      if (entry?.contentRect.width) width.value = Math.round(entry.contentRect.width)
    })
    observer.observe(element.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return width
}
