/** Points as k-means reads them. */
export interface Points {
  /** [n, d], row-major. */
  readonly x: Float64Array
  readonly rows: number
  readonly dimension: number
  /** [n], ≥ 0; absent where every point counts once. */
  readonly weights?: Float64Array | undefined
}

export function weightOf({ weights }: Points, i: number): number {
  return weights === undefined ? 1 : weights[i]!
}

/** Where the points are, and how far apart. */
export interface Spread {
  readonly weight: number
  /** [d]. */
  readonly mean: Float64Array
  /** Σᵢ wᵢ·|xᵢ − mean|², which is the inertia of one cluster. */
  readonly squares: number
}

export function spreadOf(points: Points): Spread {
  const { x, rows, dimension: d } = points
  const mean = new Float64Array(d)
  let weight = 0
  for (let i = 0; i < rows; i++) {
    const w = weightOf(points, i)
    weight += w
    for (let a = 0; a < d; a++) mean[a] = mean[a]! + w * x[i * d + a]!
  }
  for (let a = 0; a < d; a++) mean[a] = mean[a]! / weight
  let squares = 0
  for (let i = 0; i < rows; i++) {
    const w = weightOf(points, i)
    for (let a = 0; a < d; a++) squares += w * (x[i * d + a]! - mean[a]!) ** 2
  }
  return { weight, mean, squares }
}
