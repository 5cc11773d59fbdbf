import type { Key } from '@variate/core'

/** E T and A of some members. */
export interface Expectations {
  /** [n, count]. */
  readonly expected: Float64Array
  /** [n]; NaN where there is no such member. */
  readonly logNormalizer: Float64Array
}

/** Means and variances of each number of some members, [n, size]. */
export interface FactorMoments {
  readonly mean: Float64Array
  readonly variance: Float64Array
}

/**
 * What a factor of q may be of: an exponential family log q(z) = η·T(z) + log h(z) − A(η) of vectors of so many numbers. Arrays
 * hold members one behind the other.
 */
export interface FactorFamily {
  readonly name: string
  /** How many numbers a value has. */
  readonly size: number
  /** How many statistics. */
  readonly count: number
  /** log h, as so much of each statistic. */
  readonly base: Float64Array
  /** T of values [n, size], [n, count]. */
  statistics(values: Float64Array): Float64Array
  /**
   * Values at which 1 and the statistics are linearly independent, [count + 1, size].
   *
   * @param scale about how large the numbers are; where there is a vector beside a scale, that is of the scale,
   * @param far and that of the vector.
   */
  design(scale: number, far?: number): Float64Array
  /** Other values, [n, size]: near the design and far from it. */
  elsewhere(scale: number, key: Key, far?: number): Float64Array
  /** E T and A of natural parameters [n, count]. */
  expectations(natural: Float64Array): Expectations
  moments(natural: Float64Array): FactorMoments
  /** So many draws from each of the members, [n, times, size]. */
  draw(key: Key, natural: Float64Array, times: number): Float64Array
}

/** How far from the middle other values are, in spreads. */
export const SPREADS = [1, 1, 3, 3, 30, 300] as const
