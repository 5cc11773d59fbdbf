import type { NdArray } from '@variate/core'
import { gaussianMixture, type GaussianMixtureFit, type MixturePrior } from '@variate/models'
import type { MixtureStart } from './peer/peer.ts'

interface OurMixtureRequest {
  readonly covariance: 'full' | 'tied' | 'diagonal' | 'spherical'
  readonly start: MixtureStart
  readonly iterations: number
  readonly tolerance?: number
  readonly regularization?: number
  readonly prior?: MixturePrior
}

/** Our side of a fit that the peer can be asked for in the same words. */
export function ourMixture(
  x: NdArray<Float64Array>,
  { covariance, start, iterations, tolerance = 0, regularization = 0, prior }: OurMixtureRequest,
): Promise<GaussianMixtureFit> {
  const { means, weights, precision } = start
  const precisions = equalPrecisions(covariance, means.length, x.shape[1]!, precision)
  const model = gaussianMixture({ components: means.length, covariance, ...(prior && { prior }) })
  return model.fit(x, {
    init: { means, weights, precisions },
    tolerance,
    maxIterations: iterations,
    regularization,
  })
}

/** One precision for every component and axis, in the shape of a covariance form. */
function equalPrecisions(
  covariance: OurMixtureRequest['covariance'],
  components: number,
  dimension: number,
  precision: number,
): number[] | number[][] | number[][][] {
  const axes = Array.from({ length: dimension }, (_, a) => a)
  const each = <Value>(make: () => Value): Value[] => Array.from({ length: components }, make)
  const matrix = (): number[][] => axes.map((a) => axes.map((b) => (a === b ? precision : 0)))
  if (covariance === 'full') return each(matrix)
  if (covariance === 'tied') return matrix()
  return covariance === 'diagonal' ? each(() => axes.map(() => precision)) : each(() => precision)
}
