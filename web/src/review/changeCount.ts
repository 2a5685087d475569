export interface ChangeCount {
  changes: number
  wordsRemoved: number
  wordsAdded: number
  removed: number
  added: number
}
