/** The smallest normal number of float32. */
export const SMALLEST: number = 2 ** -126

/** The largest number of float32. */
export const LARGEST: number = (2 - 2 ** -23) * 2 ** 127
