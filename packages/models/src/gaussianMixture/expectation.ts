import { allocateBlock, loadBlock, type Block, type MixtureData } from './block.ts'
import { kernelOf } from './kernel.ts'
import type { Mixture } from './mixture.ts'
import { clampLabels, exponentiate, normalize } from './normalize.ts'
import { zeroStatistics, type MixtureStatistics } from './statistics.ts'

/**
 * The E-step, fused: log densities, responsibilities and expected sufficient statistics in one pass over the
 * data, a block at a time. A pure function from data and parameters to statistics that add up, which is what
 * lets data be streamed or spread over machines.
 *
 * @param block scratch, which may be used again for the same data.
 */
export function expectation(
  data: MixtureData,
  mixture: Mixture,
  block: Block = allocateBlock(mixture, data.rows),
): MixtureStatistics {
  const statistics = zeroStatistics(mixture, mixture.means)
  const { addMoments } = kernelOf(mixture)
  let logLikelihood = 0
  forEachBlock(data, mixture, block, () => {
    exponentiate(block, mixture.components)
    logLikelihood += normalize(block, data)
    for (let k = 0; k < mixture.components; k++) addMoments(statistics, k, block)
  })
  return { ...statistics, logLikelihood, weight: totalWeight(data) }
}

/** Visits the data a block at a time, with `block.joint` holding log p(x, z = k) and `block.max` its maxima. */
export function forEachBlock(data: MixtureData, mixture: Mixture, block: Block, visit: () => void): void {
  const { components, dimension } = mixture
  const { logJoint } = kernelOf(mixture)
  for (let start = 0; start < data.rows; start += block.size) {
    loadBlock(block, data, dimension, start)
    block.max.fill(-Infinity)
    for (let k = 0; k < components; k++) {
      logJoint(mixture, k, block)
      raiseMaxima(block, k * block.size)
    }
    if (data.labels !== undefined) clampLabels(block, data.labels, components)
    visit()
  }
}

function raiseMaxima({ max, joint, count }: Block, row: number): void {
  for (let i = 0; i < count; i++) {
    const value = joint[row + i]!
    if (value > max[i]!) max[i] = value
  }
}

export function totalWeight({ rows, weights }: MixtureData): number {
  return weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0)
}
