import type { Breakdown } from '@variate/inference/run'
import { assignedStatistics, type Assignment } from './assignedStatistics.ts'
import type { MixtureData } from './block.ts'
import { maximization, type Restraint } from './maximization.ts'
import type { Mixture, MixtureShape } from './mixture.ts'
import type { MixtureStatistics } from './statistics.ts'

/**
 * The maximum-likelihood (or a posteriori) mixture for assignments that are given: two passes, one for the
 * means and one for moments about them. One M-step, which is all there is to do where assignments are known.
 */
export function mixtureOfAssignment(
  data: MixtureData,
  shape: MixtureShape,
  restraint: Restraint,
  center: Float64Array,
  assignment: Assignment,
): Mixture | Breakdown {
  const { components, dimension } = shape
  const rough = new Float64Array(components * dimension)
  for (let k = 0; k < components; k++) rough.set(center, k * dimension)
  const means = clusterMeans(
    assignedStatistics(data, { ...shape, covariance: 'diagonal' }, rough, assignment),
  )
  return maximization(assignedStatistics(data, shape, means, assignment), restraint)
}

function clusterMeans({ dimension: d, centers, counts, first }: MixtureStatistics): Float64Array {
  return centers.map((center, at) => {
    const count = counts[Math.floor(at / d)]!
    return count > 0 ? center + first[at]! / count : center
  })
}
