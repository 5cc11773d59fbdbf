import { findActive, type Block } from './block.ts'
import type { Mixture } from './mixture.ts'
import type { MixtureStatistics } from './statistics.ts'
import { matrixOffset } from './whiten.ts'

/** Component k's row of log joints, for covariances with off-diagonal elements: cₖ − ½·|W·(x − μ)|². */
export function denseLogJoint(mixture: Mixture, k: number, block: Block): void {
  const { dimension: d, means, whitening, logNormalizers } = mixture
  const { size, count, joint } = block
  const matrix = matrixOffset(mixture, k)
  center(block, block.x, count, d, means, k * d)
  joint.fill(logNormalizers[k]!, k * size, k * size + count)
  let a = 0
  for (; a + 4 <= d; a += 4) subtractFourRows(block, k * size, whitening, matrix + a * d, d, a)
  for (; a < d; a++) subtractRow(block, k * size, whitening, matrix + a * d, a)
}

/** `block.centered` ← x − c. */
function center(
  block: Block,
  x: Float64Array,
  count: number,
  d: number,
  centers: Float64Array,
  offset: number,
): void {
  const { size, centered } = block
  for (let a = 0; a < d; a++) {
    const value = centers[offset + a]!
    for (let i = a * size; i < a * size + count; i++) centered[i] = x[i]! - value
  }
}

/** joint −= ½·(Σ_{b ≤ a} w_ab·z_b)², one term of the sum at a time for all points. */
function subtractRow(block: Block, row: number, whitening: Float64Array, weights: number, a: number): void {
  const { size, count, centered, column: scaled, joint } = block
  const last = whitening[weights + a]!
  const lastColumn = a * size
  if (a === 0) {
    const half = 0.5 * last * last
    for (let i = 0; i < count; i++) joint[row + i] = joint[row + i]! - half * centered[i]! * centered[i]!
    return
  }
  const first = whitening[weights]!
  for (let i = 0; i < count; i++) scaled[i] = first * centered[i]! + last * centered[lastColumn + i]!
  for (let b = 1; b < a; b++) {
    const weight = whitening[weights + b]!
    const at = b * size
    for (let i = 0; i < count; i++) scaled[i] = scaled[i]! + weight * centered[at + i]!
  }
  for (let i = 0; i < count; i++) joint[row + i] = joint[row + i]! - 0.5 * scaled[i]! * scaled[i]!
}

/** The same for rows a…a+3 and two points at a time, so that each number loaded is used more than once. */
function subtractFourRows(
  block: Block,
  row: number,
  w: Float64Array,
  weights: number,
  d: number,
  a: number,
): void {
  const { size, count, centered: z, joint } = block
  const [w1, w2, w3] = [weights + d, weights + 2 * d, weights + 3 * d]
  for (let i = 0; i < count; i += 2) {
    // A block's size is even, so that the point after an odd last one is there to be computed in vain.
    let [p0, p1, p2, p3, q0, q1, q2, q3] = [0, 0, 0, 0, 0, 0, 0, 0]
    for (let b = 0, at = i; b < a + 4; b++, at += size) {
      const p = z[at]!
      const q = z[at + 1]!
      p0 += w[weights + b]! * p
      q0 += w[weights + b]! * q
      p1 += w[w1 + b]! * p
      q1 += w[w1 + b]! * q
      p2 += w[w2 + b]! * p
      q2 += w[w2 + b]! * q
      p3 += w[w3 + b]! * p
      q3 += w[w3 + b]! * q
    }
    joint[row + i] = joint[row + i]! - 0.5 * (p0 * p0 + p1 * p1 + p2 * p2 + p3 * p3)
    joint[row + i + 1] = joint[row + i + 1]! - 0.5 * (q0 * q0 + q1 * q1 + q2 * q2 + q3 * q3)
  }
}

/** Adds what the block gives to Σ r, Σ r·(x − c) and the lower triangle of Σ r·(x − c)(x − c)ᵀ of component k. */
export function addDenseMoments(statistics: MixtureStatistics, k: number, block: Block): void {
  const { dimension: d, centers, counts, first, second } = statistics
  const { x, count, sum } = findActive(block, d, k)
  center(block, x, count, d, centers, k * d)
  counts[k] = counts[k]! + sum
  const triangle = (k * d * (d + 1)) / 2
  for (let a = 0; a < d; a++) {
    first[k * d + a] = first[k * d + a]! + scaleColumn(block, a * block.size, count)
    addRow(second, triangle + (a * (a + 1)) / 2, block, a, count)
  }
}

/** `block.column` ← r·z of one axis; returns its sum. */
function scaleColumn(
  { centered, column: scaled, responsibility }: Block,
  column: number,
  count: number,
): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    const value = responsibility[i]! * centered[column + i]!
    scaled[i] = value
    sum += value
  }
  return sum
}

/** Σᵢ (r·z_a)ᵢ·(z_b)ᵢ for b = 0…a, four columns at a time. */
function addRow(second: Float64Array, out: number, block: Block, a: number, count: number): void {
  const { size, centered: z, column: scaled } = block
  let b = 0
  for (; b + 4 <= a + 1; b += 4) {
    const [c0, c1, c2, c3] = [b * size, (b + 1) * size, (b + 2) * size, (b + 3) * size]
    let [s0, s1, s2, s3] = [0, 0, 0, 0]
    for (let i = 0; i < count; i++) {
      const value = scaled[i]!
      s0 += value * z[c0 + i]!
      s1 += value * z[c1 + i]!
      s2 += value * z[c2 + i]!
      s3 += value * z[c3 + i]!
    }
    second[out + b] = second[out + b]! + s0
    second[out + b + 1] = second[out + b + 1]! + s1
    second[out + b + 2] = second[out + b + 2]! + s2
    second[out + b + 3] = second[out + b + 3]! + s3
  }
  for (; b <= a; b++) {
    let even = 0
    let odd = 0
    const column = b * size
    for (let i = 0; i + 1 < count; i += 2) {
      even += scaled[i]! * z[column + i]!
      odd += scaled[i + 1]! * z[column + i + 1]!
    }
    if (count % 2 === 1) even += scaled[count - 1]! * z[column + count - 1]!
    second[out + b] = second[out + b]! + even + odd
  }
}
