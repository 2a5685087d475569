// Patterns match within one line: one that crosses line ends would take a minute on the thousands of blank lines that
// a model may write.
const MARKDOWN =
  /(^|\n)[^\S\n]*(#{1,6} |[-*+] |\d+[.)] |```|\|.+\|)|\*\*[^*\n]+\*\*|!?\[[^\][\n]+\]\([^()\n]+\)/
const FENCE = /^[^\S\n]*```/m
const JSON_OR_LIST = /^\s*[[{]\s*["{[\]}]/

const MATHS = /\\[([]|\$\$|\$[^\s$][^$\n]{0,80}[\\^_=]/
const CODE_TASK = /code|program|sql|humaneval|mbpp/i
const CODE: readonly (readonly [string, RegExp])[] = [
  ['python', /^(?:(?:async )?def \w+\(|class \w+.*:$|import \w+$|from [\w.]+ import |@\w+)/m],
  ['cpp', /^#include\b/m],
  ['rust', /^(?:pub(?:\(crate\))? )?(?:fn \w+[(<]|struct \w+|impl\b.* \{$|use [\w:]+(?:::|;))/m],
  ['go', /^(?:package main$|func (?:\(\w+ \*?\w+\) )?\w+\()/m],
  ['bash', /^#!.*\b(?:ba|z)?sh\b/m],
  ['xml', /^<(?:!DOCTYPE html|html|\?xml)\b/im],
  ['javascript', /^(?:export |async )*(?:function \w+\(|(?:const|let) \w+ = )/m],
  ['java', /^(?:public |private |static )+\w+ /m],
  ['sql', /^(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|WITH) /m],
]

/** A line of a function whose head stands in the prompt, as completions of code tasks have it. */
const BODY =
  /^(?: {4}|\t)\s*(?:return|if|for|while|with|yield|raise|try:|print\(|\w+(?:\[.+\])? [-+*/]?= |\w+\.\w+\()/m

/** Whether a text has Markdown or formulas and so reads better rendered. */
export function looksLikeMarkdown(text: string): boolean {
  return MARKDOWN.test(text) || MATHS.test(text)
}

/**
 * The language of an answer that is code as a whole; null if it is not.
 * Decided by its first line, or by any line if the task asks for code.
 */
export function codeLanguage(text: string, taskType: string | null = null): string | null {
  if (FENCE.test(text)) return null
  const isAsked = CODE_TASK.test(taskType ?? '')
  const looked = isAsked ? text : (text.trimStart().slice(0, 200).split('\n', 1)[0] ?? '')
  const found = CODE.find(([, shape]) => shape.test(looked))?.[0] ?? null
  return found ?? (isAsked && BODY.test(text) ? 'python' : null)
}

/** Whether a text reads better in a monospaced font: code or JSON. */
export function looksLikeCode(text: string, taskType: string | null = null): boolean {
  return FENCE.test(text) || JSON_OR_LIST.test(text) || codeLanguage(text, taskType) !== null
}
