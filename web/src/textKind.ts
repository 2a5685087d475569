// A line at a time: what ran over the ends of lines would take a minute for a model's thousands of blank ones.
const MARKDOWN =
  /(^|\n)[^\S\n]*(#{1,6} |[-*+] |\d+[.)] |```|\|.+\|)|\*\*[^*\n]+\*\*|!?\[[^\][\n]+\]\([^()\n]+\)/
const FENCE = /^[^\S\n]*```/m
const JSON_OR_LIST = /^\s*[[{]\s*["{[\]}]/

export function looksLikeMarkdown(text: string): boolean {
  return MARKDOWN.test(text)
}

/** Code and JSON are read by their columns. */
export function looksLikeCode(text: string): boolean {
  return FENCE.test(text) || JSON_OR_LIST.test(text)
}
