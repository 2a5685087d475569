/**
 * Stripes of the colour `ink`: `width` pixels wide, one every `apart` pixels, turned by `angle` degrees from upright.
 */
export interface Stripes {
  ink: string
  ground: string
  width: number
  apart: number
  angle: number
}

export type Fill = string | Stripes
