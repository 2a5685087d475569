/** A place in a plot, in pixels from its upper left corner. */
export interface Place {
  x: number
  y: number
}

/** The area of a plot inside its margins, as edges in pixels. */
export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}
