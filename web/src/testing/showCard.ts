import { mount } from '@vue/test-utils'
import { nextTick } from 'vue'
import type { SftQueueItem, SftSubmitRequest } from '@/api/types'
import SftCard from '@/review/SftCard.vue'
import { CATEGORIES } from '@/words/categories'
import { card } from './fixtures'
import { press } from './press'
import { until } from './until'

type Props = InstanceType<typeof SftCard>['$props']

/** A mounted card, with functions to read and press what is on it. */
export function showCard(changes: Partial<SftQueueItem> = {}, props: Partial<Props> = {}) {
  const wrapper = mount(SftCard, { props: { item: card('c1', changes), ...props }, attachTo: document.body })
  const editor = async (): Promise<HTMLTextAreaElement> => {
    await until(() => wrapper.find('[data-testid=editor]').exists())
    return wrapper.get('[data-testid=editor]').element as HTMLTextAreaElement
  }
  const get = (id: string) => wrapper.get(`[data-testid=${id}]`)
  return {
    wrapper,
    get,
    has: (id: string) => wrapper.find(`[data-testid=${id}]`).exists(),
    click: (id: string) => get(id).trigger('click'),
    editor,
    type: async (text: string) => {
      const field = await editor()
      field.value = text
      field.dispatchEvent(new Event('input'))
      await nextTick()
    },
    key: async (key: string, init?: KeyboardEventInit, target?: EventTarget) => {
      const event = press(key, init, target)
      await nextTick()
      await nextTick()
      return event
    },
    sent: () => (wrapper.emitted('submit') ?? []).map(([request]) => request as SftSubmitRequest),
    step: () => get('dock').attributes('data-step'),
    chosen: () =>
      CATEGORIES.map(({ value }) => value).filter(
        (value) => wrapper.find(`[data-testid=chip-${value}]`).attributes('data-state') === 'on',
      ),
  }
}
