import { findActive, type Block } from './block.ts'
import type { Mixture } from './mixture.ts'
import type { MixtureStatistics } from './statistics.ts'
import { matrixOffset } from './whiten.ts'

/**
 * The dense kernel written out for the plane, where loops over two axes would cost more than the arithmetic:
 * every constant of a component stays in a register, and a point is read once.
 */
export function planarLogJoint(mixture: Mixture, k: number, { size, count, x, joint }: Block): void {
  const { means, whitening, logNormalizers } = mixture
  const matrix = matrixOffset(mixture, k)
  const [w00, w10, w11] = [whitening[matrix]!, whitening[matrix + 2]!, whitening[matrix + 3]!]
  const [mean0, mean1] = [means[2 * k]!, means[2 * k + 1]!]
  const constant = logNormalizers[k]!
  const row = k * size
  for (let i = 0; i < count; i++) {
    const z0 = x[i]! - mean0
    const z1 = x[size + i]! - mean1
    const u = w00 * z0
    const v = w10 * z0 + w11 * z1
    joint[row + i] = constant - 0.5 * (u * u + v * v)
  }
}

/** Adds what the block gives to Σ r, Σ r·(x − c) and the lower triangle of Σ r·(x − c)(x − c)ᵀ of component k. */
export function addPlanarMoments(statistics: MixtureStatistics, k: number, block: Block): void {
  const { centers, counts, first, second } = statistics
  const { size, responsibility } = block
  const { x, count, sum } = findActive(block, 2, k)
  const [center0, center1] = [centers[2 * k]!, centers[2 * k + 1]!]
  let [s0, s1, s00, s10, s11] = [0, 0, 0, 0, 0]
  for (let i = 0; i < count; i++) {
    const r = responsibility[i]!
    const z0 = x[i]! - center0
    const z1 = x[size + i]! - center1
    const rz0 = r * z0
    const rz1 = r * z1
    s0 += rz0
    s1 += rz1
    s00 += rz0 * z0
    s10 += rz0 * z1
    s11 += rz1 * z1
  }
  counts[k] = counts[k]! + sum
  first[2 * k] = first[2 * k]! + s0
  first[2 * k + 1] = first[2 * k + 1]! + s1
  second[3 * k] = second[3 * k]! + s00
  second[3 * k + 1] = second[3 * k + 1]! + s10
  second[3 * k + 2] = second[3 * k + 2]! + s11
}
