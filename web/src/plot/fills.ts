/** Stripes of `ink`, `width` pixels of every `apart`, turned by `angle` degrees from upright. */
export interface Stripes {
  ink: string
  ground: string
  width: number
  apart: number
  angle: number
}

export type Fill = string | Stripes
