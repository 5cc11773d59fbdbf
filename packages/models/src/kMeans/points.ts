/** Points as k-means reads them. */
export interface Points {
  /** [n, d], row-major. */
  readonly x: Float64Array
  readonly rows: number
  readonly dimension: number
  /** [n], ≥ 0; absent where every point counts once. */
  readonly weights?: Float64Array | undefined
}

/** |xᵢ − cₖ|². */
export function squaredDistance(
  x: Float64Array,
  i: number,
  centers: Float64Array,
  k: number,
  d: number,
): number {
  let sum = 0
  for (let a = 0, p = i * d, q = k * d; a < d; a++, p++, q++) {
    const difference = x[p]! - centers[q]!
    sum += difference * difference
  }
  return sum
}

export function weightOf({ weights }: Points, i: number): number {
  return weights === undefined ? 1 : weights[i]!
}

/** Σᵢ wᵢ·|xᵢ − mean|², which is the inertia of one cluster. */
export function totalSquares(points: Points): number {
  const { x, rows, dimension } = points
  const mean = new Float64Array(dimension)
  let weight = 0
  for (let i = 0; i < rows; i++) {
    const w = weightOf(points, i)
    weight += w
    for (let a = 0; a < dimension; a++) mean[a] = mean[a]! + w * x[i * dimension + a]!
  }
  for (let a = 0; a < dimension; a++) mean[a] = mean[a]! / weight
  let sum = 0
  for (let i = 0; i < rows; i++) sum += weightOf(points, i) * squaredDistance(x, i, mean, 0, dimension)
  return sum
}
