import { DomainError, NdArray, ShapeError } from '@variate/core'
import {
  knownViolation,
  placeOf,
  plainData,
  type Declaration,
  type RandomSite,
} from '@variate/language/internal'
import type { Applied } from './applied.ts'

/**
 * The values of a latent or an input, an example a row.
 *
 * @param isDrawn whether they are of q, whose draws may be rounded to the ends of a support.
 * @throws DomainError for values that a latent cannot have, such as a mean of a discrete one; ShapeError for other shapes.
 */
export function codeOf(
  { setting }: Applied,
  site: Declaration,
  given: unknown,
  who: string,
  isDrawn = false,
): NdArray {
  const { specs, distributions } = setting.model
  const { shape, dtype } = specs[site.name]!
  const where = `${who}: ${placeOf(site)}`
  if (given === undefined) throw new DomainError(`${where} must be given`)
  const plain = plainData(given, where)
  const event = shape.slice(1)
  if (plain.missing || plain.shape.length === 0 || plain.shape[0] === 0)
    throw new ShapeError(`${where}: there must be an example at least, and none missing`)
  if (String(plain.shape.slice(1)) !== String(event))
    throw new ShapeError(
      `${where}: for each element values have shape [${plain.shape.slice(1)}], expected [${event}]`,
    )
  const distribution = distributions.get(site as RandomSite)
  const found = distribution && !isDrawn && knownViolation(distribution.support, plain)
  if (distribution && found) {
    const { name, support } = distribution
    const advice = support.isDiscrete ? ': decode draws of q, as sampleLatents gives them, and no means' : ''
    throw new DomainError(
      `${where}: ${found} is outside the support of its ${name} distribution, which is ${support.description}${advice}`,
    )
  }
  return new NdArray(dtype === 'float32' ? plain.data : Int32Array.from(plain.data), plain.shape)
}
