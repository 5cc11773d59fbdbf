import type { Key } from '@variate/core'
import type { LatentVariableModel } from '@variate/inference/run'
import type { MixtureData } from './block.ts'
import { expectation } from './expectation.ts'
import { expectedLogJoint } from './expectedLogJoint.ts'
import type { Kernel } from './kernel.ts'
import { maximization, type Restraint } from './maximization.ts'
import type { Mixture } from './mixture.ts'
import { logPrior } from './prior.ts'
import { resolution } from './resolution.ts'
import { addStatistics, type MixtureStatistics } from './statistics.ts'

/**
 * A mixture of Gaussians as expectation maximisation sees it.
 *
 * @param blocks the observations, in one block or several: their statistics add up.
 * @param kernel what the E-step runs on.
 */
export function mixtureModel(
  blocks: readonly MixtureData[],
  restraint: Restraint,
  initialize: (key: Key) => Mixture,
  kernel: Kernel,
): LatentVariableModel<Mixture, MixtureStatistics> {
  const { prior } = restraint
  return {
    initialize,
    expectation(mixture) {
      const statistics = blocks.map((data) => expectation(data, mixture, kernel)).reduce(addStatistics)
      const { logLikelihood, weight } = statistics
      return { statistics, logLikelihood, weight }
    },
    maximization: (statistics, mixture) => maximization(statistics, restraint, mixture),
    expectedLogJoint,
    ...(prior === undefined ? {} : { logPrior: (mixture: Mixture) => logPrior(mixture, prior) }),
    resolution,
    distance: (before, after) =>
      Math.max(
        relativeChange(before.weights, after.weights),
        relativeChange(before.means, after.means),
        relativeChange(before.covariances, after.covariances),
      ),
  }
}

/** The largest change of an element, relative to the largest element. */
function relativeChange(before: Float64Array, after: Float64Array): number {
  let change = 0
  let size = 0
  for (let i = 0; i < before.length; i++) {
    change = Math.max(change, Math.abs(after[i]! - before[i]!))
    size = Math.max(size, Math.abs(after[i]!))
  }
  return size === 0 ? change : change / size
}
