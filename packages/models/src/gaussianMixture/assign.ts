import { Breakdown } from '@variate/inference'
import { allocateBlock, loadBlock, type MixtureData } from './block.ts'
import { totalWeight } from './expectation.ts'
import { kernelOf } from './kernel.ts'
import { maximization, type Restraint } from './maximization.ts'
import type { Mixture, MixtureShape } from './mixture.ts'
import { zeroStatistics, type MixtureStatistics } from './statistics.ts'

/** The responsibility of component k for observation i, weights aside. */
export type Assignment = (i: number, k: number) => number

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

/** The statistics that assignments give, about centres of one's choice. */
export function assignedStatistics(
  data: MixtureData,
  shape: MixtureShape,
  centers: Float64Array,
  assignment: Assignment,
): MixtureStatistics {
  const statistics = zeroStatistics(shape, centers)
  const { addMoments } = kernelOf(shape)
  const block = allocateBlock(shape, data.rows)
  for (let start = 0; start < data.rows; start += block.size) {
    loadBlock(block, data, shape.dimension, start)
    for (let i = 0; i < block.count; i++) block.total[i] = data.weights?.[start + i] ?? 1
    for (let k = 0; k < shape.components; k++) {
      for (let i = 0; i < block.count; i++) block.joint[k * block.size + i] = assignment(start + i, k)
      addMoments(statistics, k, block)
    }
  }
  return { ...statistics, weight: totalWeight(data) }
}

function clusterMeans({ dimension: d, centers, counts, first }: MixtureStatistics): Float64Array {
  return centers.map((center, at) => {
    const count = counts[Math.floor(at / d)]!
    return count > 0 ? center + first[at]! / count : center
  })
}
