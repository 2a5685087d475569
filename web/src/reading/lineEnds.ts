/** Whether every line ends with CRLF; in any other text a carriage return is a character to keep. */
export function isCrlf(text: string): boolean {
  return /\r\n/.test(text) && !/(^|[^\r])\n/.test(text)
}

/** Give a text from elsewhere the line ends of the answer. */
export function withLineEndsOf(answer: string, text: string): string {
  // Where the answer has single carriage returns, a part of it that comes back may hold them.
  const ends = /\r(?!\n)/.test(answer) ? /\r?\n/g : /\r\n?|\n/g
  return text.replace(ends, isCrlf(answer) ? '\r\n' : '\n')
}
