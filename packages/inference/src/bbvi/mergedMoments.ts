/** Means and sums of squared differences from them, number by number, of so many observations. */
export interface Moments {
  readonly count: number
  readonly mean: Float64Array
  readonly squares: Float64Array
}

/**
 * The moments of two sets of observations together.
 *
 * @see Chan, Golub and LeVeque, Algorithms for Computing the Sample Variance (The American Statistician 1983), equation 2.1.
 */
export function mergedMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count
  return {
    count,
    mean: a.mean.map((x, i) => x + ((b.mean[i]! - x) * b.count) / count),
    squares: a.squares.map(
      (x, i) => x + b.squares[i]! + ((b.mean[i]! - a.mean[i]!) ** 2 * a.count * b.count) / count,
    ),
  }
}
