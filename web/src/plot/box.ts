/** A place in a plot, in pixels from its upper left corner. */
export interface Place {
  x: number
  y: number
}

/** Where the marks of a plot are: what its margins leave, as edges in pixels. */
export interface Box {
  left: number
  right: number
  top: number
  bottom: number
}
