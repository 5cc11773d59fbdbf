// Draws that float32 would round to the end of an open interval are held inside, where log densities are finite.

/** The smallest normal number of float32. */
export const SMALLEST: number = 2 ** -126

/** The largest number of float32 below 1. */
export const BELOW_ONE: number = 1 - 2 ** -24

/** The largest number of float32. */
export const LARGEST: number = (2 - 2 ** -23) * 2 ** 127

/** A probability of which its complement keeps less than three digits. */
export const NEGLIGIBLE: number = 2 ** -16
