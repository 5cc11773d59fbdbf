import { findActive, type Block } from './block.ts'
import type { Mixture } from './mixture.ts'
import type { MixtureStatistics } from './statistics.ts'

/** Component k's row of log joints, for covariances along the axes: cₖ − ½ Σₐ ((xₐ − μₐ)/σₐ)². */
export function diagonalLogJoint(mixture: Mixture, k: number, block: Block): void {
  const { dimension: d, means, whitening, logNormalizers } = mixture
  const { size, count, joint } = block
  const row = k * size
  joint.fill(logNormalizers[k]!, row, row + count)
  let a = 0
  for (; a + 2 <= d; a += 2) subtractTwoSquares(block, row, a * size, means, whitening, k * d + a)
  if (a < d) subtractSquare(block, row, a * size, means[k * d + a]!, whitening[k * d + a]!)
}

/** joint −= ½·(w·(x − μ))², along one axis. */
function subtractSquare(
  { count, x, joint }: Block,
  row: number,
  column: number,
  mean: number,
  scale: number,
): void {
  for (let i = 0; i < count; i++) {
    const u = scale * (x[column + i]! - mean)
    joint[row + i] = joint[row + i]! - 0.5 * u * u
  }
}

/** The same along two axes in one pass. */
function subtractTwoSquares(
  { size, count, x, joint }: Block,
  row: number,
  column: number,
  means: Float64Array,
  scales: Float64Array,
  at: number,
): void {
  const [mean0, mean1] = [means[at]!, means[at + 1]!]
  const [scale0, scale1] = [scales[at]!, scales[at + 1]!]
  const next = column + size
  for (let i = 0; i < count; i++) {
    const u0 = scale0 * (x[column + i]! - mean0)
    const u1 = scale1 * (x[next + i]! - mean1)
    joint[row + i] = joint[row + i]! - 0.5 * (u0 * u0 + u1 * u1)
  }
}

/** Adds what the block gives to Σ r, Σ r·(x − c) and Σ r·(x − c)² of component k. */
export function addDiagonalMoments(statistics: MixtureStatistics, k: number, block: Block): void {
  const { dimension: d, centers, counts, first, second } = statistics
  const { x, count, sum } = findActive(block, d, k)
  counts[k] = counts[k]! + sum
  for (let a = 0; a < d; a++)
    addAxis(first, second, k * d + a, centers, x, a * block.size, block.responsibility, count)
}

function addAxis(
  first: Float64Array,
  second: Float64Array,
  at: number,
  centers: Float64Array,
  x: Float64Array,
  column: number,
  responsibility: Float64Array,
  count: number,
): void {
  const center = centers[at]!
  let linear = 0
  let square = 0
  for (let i = 0; i < count; i++) {
    const z = x[column + i]! - center
    const rz = responsibility[i]! * z
    linear += rz
    square += rz * z
  }
  first[at] = first[at]! + linear
  second[at] = second[at]! + square
}
