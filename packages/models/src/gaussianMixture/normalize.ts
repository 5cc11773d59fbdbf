import { special } from '@variate/core'
import type { JointBlock, MixtureData } from './block.ts'

const { exp } = special

/** Factors of a product of totals, each in [1, K], that cannot overflow together. */
const FACTORS = 32

/**
 * Responsibilities below 2^−100 count as 0: a million of them are less than the rounding of one that is 1. In many dimensions
 * most are.
 */
export const NEGLIGIBLE_EXPONENT = -100

/** Keeps them, down to the least normal number. */
export const EXACT = -1022

/** Bars every component but the known one, where one is known. */
export function clampLabels(block: JointBlock, labels: Int32Array, components: number): void {
  for (let i = 0; i < block.count; i++) {
    const label = labels[block.start + i]!
    if (label < 0) continue
    for (let k = 0; k < components; k++) if (k !== label) block.joint[k * block.size + i] = -Infinity
    block.max[i] = block.joint[label * block.size + i]!
  }
}

/**
 * exp(joint − max) in place of the log joints, and its sum over components in `total`.
 *
 * @param least what is below 2^least counts as 0.
 */
export function exponentiate(block: JointBlock, components: number, least: number): void {
  block.total.fill(0, 0, block.count)
  for (let k = 0; k < components; k++) exponentiateComponent(block, k * block.size, least * Math.LN2)
}

function exponentiateComponent(
  { count, joint, max, total }: JointBlock,
  offset: number,
  lowest: number,
): void {
  for (let i = 0; i < count; i++) {
    const exponent = joint[offset + i]! - max[i]!
    const value = exponent < lowest ? 0 : exp(exponent)
    joint[offset + i] = value
    total[i] = total[i]! + value
  }
}

/**
 * Ends log-sum-exp for the block: `total` becomes the factor that turns exponentials into (weighted)
 * responsibilities.
 *
 * @returns Σᵢ wᵢ·log p(xᵢ), nats.
 */
export function normalize(block: JointBlock, { weights }: MixtureData): number {
  return weights === undefined ? normalizeEqual(block) : normalizeWeighted(block, weights)
}

/** One logarithm of a product serves many points: log Π sᵢ = Σ log sᵢ. */
function normalizeEqual({ count, max, total }: JointBlock): number {
  let sum = 0
  let product = 1
  for (let i = 0; i < count; i++) {
    sum += max[i]!
    product *= total[i]!
    total[i] = 1 / total[i]!
    if (i % FACTORS === FACTORS - 1) {
      sum += Math.log(product)
      product = 1
    }
  }
  return sum + Math.log(product)
}

function normalizeWeighted({ start, count, max, total }: JointBlock, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < count; i++) {
    const weight = weights[start + i]!
    sum += weight * (max[i]! + Math.log(total[i]!))
    total[i] = weight / total[i]!
  }
  return sum
}
