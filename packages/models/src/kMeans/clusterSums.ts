import { weightOf, type Points } from './points.ts'

/**
 * What the points of each cluster add up to, kept while points come and go: to twice the digits of float64, so
 * that the sums, rounded, are those of the points that are there, in whatever order they came. Two-sum and
 * two-product as in Dekker, Numerische Mathematik 18 (1971).
 */
export interface ClusterSums {
  /** [K]: points of positive weight. */
  readonly members: Int32Array
  /** [K]: Σ wᵢ, and what rounding it left over. */
  readonly counts: Float64Array
  readonly countsRest: Float64Array
  /** [K, d]: Σ wᵢ·xᵢ, and what rounding it left over. */
  readonly sums: Float64Array
  readonly sumsRest: Float64Array
}

export function zeroSums(clusters: number, dimension: number): ClusterSums {
  return {
    members: new Int32Array(clusters),
    counts: new Float64Array(clusters),
    countsRest: new Float64Array(clusters),
    sums: new Float64Array(clusters * dimension),
    sumsRest: new Float64Array(clusters * dimension),
  }
}

/** Puts point i into cluster k (sign 1), or takes it out (sign −1). */
export function addPoint(total: ClusterSums, points: Points, i: number, k: number, sign: 1 | -1): void {
  const { x, dimension: d } = points
  const { members, counts, countsRest, sums, sumsRest } = total
  const weight = sign * weightOf(points, i)
  if (weight === 0) return
  members[k] = members[k]! + sign
  addTo(counts, countsRest, k, weight)
  const unit = weight === sign
  for (let p = i * d, q = k * d, end = p + d; p < end; p++, q++) {
    const value = weight * x[p]!
    if (!unit) sumsRest[q] = sumsRest[q]! + productError(weight, x[p]!, value)
    addTo(sums, sumsRest, q, value)
  }
  if (members[k] > 0) return
  counts[k] = countsRest[k] = 0
  sums.fill(0, k * d, (k + 1) * d)
  sumsRest.fill(0, k * d, (k + 1) * d)
}

/** The mean of each cluster, [K, d]; a cluster of no weight keeps its centre. Exact where all members are equal. */
export function clusterMeans(total: ClusterSums, centers: Float64Array): Float64Array {
  const { members, counts, countsRest, sums, sumsRest } = total
  const d = centers.length / members.length
  const means = centers.slice()
  for (let at = 0; at < means.length; at++) {
    const k = Math.floor(at / d)
    if (members[k] === 0) continue
    const quotient = sums[at]! / counts[k]!
    const product = quotient * counts[k]!
    const remainder = sums[at]! - product - productError(quotient, counts[k]!, product)
    means[at] = quotient + (remainder + sumsRest[at]! - quotient * countsRest[k]!) / counts[k]!
  }
  return means
}

function addTo(values: Float64Array, rest: Float64Array, at: number, value: number): void {
  const before = values[at]!
  const sum = before + value
  const added = sum - before
  values[at] = sum
  rest[at] = rest[at]! + (before - (sum - added) + (value - added))
}

/** a·b − product, exactly. */
function productError(a: number, b: number, product: number): number {
  const aHigh = highHalf(a)
  const bHigh = highHalf(b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow
}

/** The upper 26 of a number's 53 digits. */
function highHalf(value: number): number {
  const shifted = 134217729 * value
  return shifted - (shifted - value)
}
