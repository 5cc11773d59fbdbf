/** Parts of almost equal lengths: those of `length`, and after them those that are shorter by 1. */
export interface Split {
  readonly length: number
  readonly count: number
  readonly shorterCount: number
}

/** As few parts as make none longer than `most`. */
export function split(total: number, most: number): Split {
  const parts = Math.ceil(total / most)
  const length = Math.ceil(total / parts)
  const shorterCount = parts * length - total
  return { length, count: parts - shorterCount, shorterCount }
}
