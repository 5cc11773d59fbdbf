import type { MixtureData } from './block.ts'
import { totalWeight } from './expectation.ts'
import { kernelFor } from './kernel.ts'
import type { MixtureShape } from './mixture.ts'
import type { MixtureStatistics } from './statistics.ts'

/** The responsibility of component k for observation i, weights aside. */
export type Assignment = (i: number, k: number) => number

/** The statistics that assignments give, about centres of one's choice. */
export function assignedStatistics(
  data: MixtureData,
  { components, dimension, covariance }: MixtureShape,
  centers: Float64Array,
  assignment: Assignment,
): MixtureStatistics {
  const kernel = kernelFor({ components, dimension, covariance }, data.rows)
  const { block } = kernel
  kernel.beginMoments(centers)
  for (let start = 0; start < data.rows; start += block.size) {
    kernel.load(data, start)
    for (let i = 0; i < block.count; i++) block.total[i] = data.weights?.[start + i] ?? 1
    for (let k = 0; k < components; k++)
      for (let i = 0; i < block.count; i++) block.joint[k * block.size + i] = assignment(start + i, k)
    kernel.addMoments()
  }
  const weight = totalWeight(data)
  return { components, dimension, covariance, centers, ...kernel.moments(), logLikelihood: 0, weight }
}
