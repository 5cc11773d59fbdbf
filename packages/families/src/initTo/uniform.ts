import { DomainError, foldIn, random } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Start } from '../start.ts'
import { placesShape } from './places.ts'

export interface UniformOptions {
  /** How far from the middle of the support at most, in numbers without bounds; 2, if not given. */
  readonly radius?: number
}

/**
 * Uniform in numbers without bounds, between −radius and radius, as Stan begins.
 *
 * @throws DomainError for a radius that is not a number > 0.
 */
export function uniform({ radius = 2 }: UniformOptions = {}): Start {
  if (!(radius > 0 && Number.isFinite(radius)))
    throw new DomainError(`initTo.uniform: radius must be > 0, got ${shown(radius)}`)
  return (model, sites, key) =>
    Object.fromEntries(
      sites.map((own, at) => [
        own.site.name,
        random.uniform(foldIn(key, at), placesShape(model, own), {
          low: -radius,
          high: radius,
          dtype: 'float64',
        }),
      ]),
    )
}
