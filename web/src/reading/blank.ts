const INVISIBLE = String.raw`\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}`
const VISIBLE = new RegExp(`[^${INVISIBLE}]`, 'u')

/**
 * Whether a text shows nothing: it is empty, or only white space and invisible characters. The server refuses it too.
 */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text)
}

export function withoutInvisible(text: string): string {
  return text.replace(new RegExp(`[${INVISIBLE}]`, 'gu'), '')
}
