import type { MixtureData } from './block.ts'
import { kernelFor, type Kernel } from './kernel.ts'
import type { Mixture } from './mixture.ts'
import { clampLabels } from './normalize.ts'
import type { MixtureStatistics } from './statistics.ts'

/**
 * The E-step, fused: log densities, responsibilities and expected sufficient statistics in one pass over the
 * data, a block at a time. A pure function from data and parameters to statistics that add up, which is what
 * lets data be streamed or spread over machines.
 *
 * @param kernel what it runs on, which may be used again for mixtures of the same shape.
 */
export function expectation(
  data: MixtureData,
  mixture: Mixture,
  kernel: Kernel = kernelFor(mixture, data.rows),
): MixtureStatistics {
  const statistics = pass(data, mixture, kernel, false)
  return hasDepleted(statistics) ? pass(data, mixture, kernel, true) : statistics
}

function pass(data: MixtureData, mixture: Mixture, kernel: Kernel, isExact: boolean): MixtureStatistics {
  const { components, dimension, covariance, means: centers } = mixture
  let logLikelihood = 0
  kernel.beginMoments(centers)
  if (kernel.passTogether !== undefined && data.labels === undefined) {
    kernel.setMixture(mixture)
    logLikelihood = kernel.passTogether(data, isExact)
  } else
    forEachBlock(data, mixture, kernel, () => {
      kernel.exponentiate(isExact)
      logLikelihood += kernel.normalize(data)
      kernel.addMoments()
    })
  const weight = totalWeight(data)
  return { components, dimension, covariance, centers, ...kernel.moments(), logLikelihood, weight }
}

/** The share of the observations of which responsibilities below 2^−100 are more than rounding. */
const DEPLETED = 2 ** -44

/** Whether a component has so few observations that responsibilities which count as 0 elsewhere matter to it. */
function hasDepleted({ counts, weight }: MixtureStatistics): boolean {
  return counts.some((count) => count < DEPLETED * weight)
}

/** Visits the data a block at a time, with `block.joint` holding log p(x, z = k) and `block.max` its maxima. */
export function forEachBlock(data: MixtureData, mixture: Mixture, kernel: Kernel, visit: () => void): void {
  const { block } = kernel
  kernel.setMixture(mixture)
  for (let start = 0; start < data.rows; start += block.size) {
    kernel.load(data, start)
    kernel.logJoint()
    if (data.labels !== undefined) clampLabels(block, data.labels, mixture.components)
    visit()
  }
}

export function totalWeight({ rows, weights }: MixtureData): number {
  return weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0)
}
