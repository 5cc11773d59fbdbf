import { DomainError, ShapeError, toMatrix } from '@variate/core'
import { Breakdown } from '@variate/inference/run'
import { initialCovariances, initialWeights } from './initialParameters.ts'
import type { Mixture } from './mixture.ts'
import type { InitialParameters, MixtureSpecification } from './options.ts'
import { whiten } from './whiten.ts'

const WHO = 'gaussianMixture.density'

/** A mixture as it stands, or one made from parameters that are given. */
export function mixtureOf(
  { components, covariance }: MixtureSpecification,
  given: Mixture | Required<Omit<InitialParameters, 'precisions'>>,
): Mixture {
  if ('logNormalizers' in given) return given
  const { data: means, shape: found } = toMatrix(given.means, `${WHO}: means`)
  if (found[0] !== components)
    throw new ShapeError(`${WHO}: means must have ${components} rows, got shape [${found}]`)
  const shape = { components, covariance, dimension: found[1]! }
  const weights = initialWeights(given.weights!, components, `${WHO}: weights`)
  const covariances = initialCovariances(
    { means: given.means, covariances: given.covariances },
    shape,
    `${WHO}: `,
  )
  if (covariances === undefined) throw new DomainError(`${WHO}: covariances are missing`)
  const mixture = whiten(shape, { weights, means, covariances })
  if (mixture instanceof Breakdown) throw new DomainError(`${WHO}: ${mixture.site}`)
  return mixture
}
