const VISIBLE = /[^\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u

/**
 * Whether a text shows nothing: it is empty, or only white space and invisible characters. The server refuses it too.
 */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text)
}
