import type MarkdownIt from 'markdown-it'

/** A key between its tags: no attribute, no other tag, no line's end. */
const KEY = /<kbd>([^<>&\n]+)<\/kbd>/y

/** Reads the HTML that pages have, `<kbd>…</kbd>` and lines of comment, with HTML off: all other tags stay text. */
export function htmlRead(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.inline.ruler.push('key', (state, silent) => {
    KEY.lastIndex = state.pos
    const [whole, label] = KEY.exec(state.src) ?? []
    if (!whole || !label) return false
    if (!silent) {
      state.push('kbd_open', 'kbd', 1)
      state.push('text', '', 0).content = label
      state.push('kbd_close', 'kbd', -1)
    }
    state.pos += whole.length
    return true
  })
  markdown.block.ruler.before(
    'paragraph',
    'comment',
    (state, line, _end, silent) => {
      const text = state.getLines(line, line + 1, 0, false).trim()
      if (!/^<!--.*-->$/.test(text)) return false
      if (!silent) state.line = line + 1
      return true
    },
    { alt: ['paragraph'] },
  )
}
