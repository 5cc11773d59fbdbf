// Draws that float32 would round to the end of an open interval are held inside, where log densities are finite.

export { LARGEST, SMALLEST } from '@variate/core/internal'

/** The largest number of float32 below 1. */
export const BELOW_ONE: number = 1 - 2 ** -24

/** A probability of which its complement keeps less than three digits. */
export const NEGLIGIBLE: number = 2 ** -16
