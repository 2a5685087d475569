export interface ChangeCount {
  changes: number
  removed: number
  added: number
}
