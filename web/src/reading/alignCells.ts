import type MarkdownIt from 'markdown-it'

/** markdown-it aligns cells with a style attribute, which the page's CSP refuses. */
export function alignCells(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.core.ruler.push('align-cells', (state) => {
    for (const token of state.tokens) {
      const style = /^t[hd]_open$/.test(token.type) && token.attrGet('style')
      if (style) token.attrs = [['align', String(style).replace('text-align:', '')]]
    }
  })
}
