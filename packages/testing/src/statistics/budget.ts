import { special } from '@variate/core'

/**
 * By chance alone the tests of all samplers together fail with a probability of at most 1e-6: each of the statistics
 * that the suite may compute (that many for each of so many distributions) gets an equal share. Keys are fixed, so
 * what passes once keeps passing.
 */
const FAMILY_BUDGET = 1e-6
const DISTRIBUTIONS = 100
export const STATISTICS_EACH = 2000
const EACH: number = FAMILY_BUDGET / (DISTRIBUTIONS * STATISTICS_EACH)

/** |z| beyond which a standard normal number is no chance. */
export const Z_CRITICAL: number = -special.ndtri(EACH / 2)

/** sup |F_n − F| that n draws do not exceed by chance: Massart's bound (1990), which holds for every n. */
export function kolmogorovCritical(n: number): number {
  return Math.sqrt(Math.log(2 / EACH) / (2 * n))
}

/** What χ² of so many degrees of freedom does not exceed by chance: Laurent and Massart's bound (2000), lemma 1. */
export function chiSquaredCritical(degrees: number): number {
  const t = -Math.log(EACH)
  return degrees + 2 * Math.sqrt(degrees * t) + 2 * t
}
