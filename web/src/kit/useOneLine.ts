import { onBeforeUnmount, ref, watch } from 'vue'

/** A filter that has no room in the bar. */
export interface HiddenPill {
  name: string
  label: string
  /** What it is set to, in words; null if it is not. */
  words: string | null
}

/** Which pills give way first: a filter that is not set, then what always has a value, then a filter that is set. */
const GIVES_WAY = ['any', 'always', 'set']

/**
 * Keep the pills of a filter bar on one line. Those that do not fit are hidden before the page is painted; one that
 * was asked for counts as set.
 */
export function useOneLine(bar: () => Element | null) {
  const hidden = ref<HiddenPill[]>([])
  const asked = new Set<string>()
  let pills: HTMLElement[] = []
  let strip: HTMLElement | null = null
  const changed = new MutationObserver(fit)
  const sized = new ResizeObserver(fit)

  function fit(): void {
    if (!strip) return
    const all = [...strip.querySelectorAll<HTMLElement>('[data-pill]')]
    for (const pill of all) pill.hidden = false
    // some are for phones alone
    pills = all.filter(({ offsetHeight }) => offsetHeight > 0)
    if (getComputedStyle(strip).flexWrap === 'wrap') {
      for (const pill of inOrder(pills.filter((one) => !isInUse(one)))) {
        if (isOneLine(strip)) break
        pill.hidden = true
      }
    }
    const now = pills.filter((pill) => pill.hidden).map(described)
    // the list is shown in the bar that is looked at
    if (JSON.stringify(now) !== JSON.stringify(hidden.value)) hidden.value = now
  }

  function inOrder(shown: HTMLElement[]): HTMLElement[] {
    const rank = ({ dataset: { pill = '', name = '' } }: HTMLElement): number =>
      asked.has(name) ? GIVES_WAY.length : GIVES_WAY.indexOf(pill)
    // those at the end give way first
    return shown.reverse().sort((one, other) => rank(one) - rank(other))
  }

  /** Show a pill that was hidden, and open it as by its key. */
  function show(name: string): void {
    asked.add(name)
    fit()
    const found = pills.find(({ dataset }) => dataset['name'] === name)
    found?.querySelector<HTMLElement>('button')?.click()
  }

  watch(
    bar,
    (found) => {
      changed.disconnect()
      sized.disconnect()
      strip = found?.querySelector<HTMLElement>('[data-pills]') ?? null
      if (!found || !strip) return
      fit()
      changed.observe(found, { childList: true, characterData: true, subtree: true })
      sized.observe(found)
    },
    { immediate: true, flush: 'post' },
  )
  onBeforeUnmount(() => {
    changed.disconnect()
    sized.disconnect()
  })

  return { hidden, show }
}

/** A pill that is worked with stays, though others go. */
function isInUse(pill: HTMLElement): boolean {
  return pill.contains(document.activeElement) || pill.querySelector('[aria-expanded=true]') !== null
}

function isOneLine({ children }: HTMLElement): boolean {
  const shown = [...children].filter((one) => one instanceof HTMLElement && one.offsetHeight > 0)
  const tops = shown.map((one) => one.getBoundingClientRect().top)
  const [first] = shown
  return !first || Math.max(...tops) < first.getBoundingClientRect().bottom
}

function described({ dataset }: HTMLElement): HiddenPill {
  const { name = '', label = '', words = '', pill } = dataset
  return { name, label, words: pill === 'set' ? words : null }
}
