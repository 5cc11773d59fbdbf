import { assignedStatistics } from './assignedStatistics.ts'
import type { MixtureData } from './block.ts'
import { isDense, type Covariance } from './mixture.ts'
import { scatterAbout } from './scatter.ts'

/** Mean and covariance of all the data, as one component of a form sees them. */
export interface DataMoments {
  /** [d]. */
  readonly mean: Float64Array
  /** Dense forms [d, d], others [d]. */
  readonly covariance: Float64Array
  /** [d]. */
  readonly variances: Float64Array
}

export function dataMoments(data: MixtureData, dimension: number, covariance: Covariance): DataMoments {
  const shape = { components: 1, dimension, covariance }
  // The first observation is as good a centre as any to find the mean about; the mean is for the moments.
  const rough = data.x.slice(0, dimension)
  const { first, counts } = assignedStatistics(data, { ...shape, covariance: 'diagonal' }, rough, () => 1)
  const mean = rough.map((value, a) => value + first[a]! / counts[0]!)
  const scatter = scatterAbout(
    assignedStatistics(data, shape, mean, () => 1),
    0,
    mean,
    0,
  )
  const moments = scatter.map((value) => value / counts[0]!)
  const variances = isDense(covariance) ? mean.map((_, a) => moments[a * (dimension + 1)]!) : moments
  return { mean, covariance: moments, variances }
}

/** The columns in which all observations agree. */
export function constantColumns({ x }: MixtureData, dimension: number): number[] {
  return Array.from({ length: dimension }, (_, a) => a).filter((a) => isConstant(x, dimension, a))
}

export function isConstant(x: Float64Array, dimension: number, column: number): boolean {
  for (let at = column; at < x.length; at += dimension) if (x[at] !== x[column]) return false
  return true
}
