/** Only a text that is CRLF throughout is one; in any other a carriage return is a character to keep. */
export function isCrlf(text: string): boolean {
  return /\r\n/.test(text) && !/(^|[^\r])\n/.test(text)
}

/** A text that comes to an answer from elsewhere, with the answer's line ends. */
export function withLineEndsOf(answer: string, text: string): string {
  // Where the answer has carriage returns of its own, they may have come back with a part of it.
  const ends = /\r(?!\n)/.test(answer) ? /\r?\n/g : /\r\n?|\n/g
  return text.replace(ends, isCrlf(answer) ? '\r\n' : '\n')
}
