import type { Tensor } from '@tensorflow/tfjs-core'
import { sum } from '@variate/core/ops'
import type { Bijector } from '@variate/distributions'
import { placesOnto, type Bound, type RandomSite } from '@variate/language/internal'
import { placeName } from './latents.ts'
import type { SiteTensors } from './variational.ts'

/** A continuous latent as an image of numbers without bounds, its place. */
export interface RealSite {
  readonly site: RandomSite
  readonly plates: readonly string[]
  /** The shape of the place of one element. */
  readonly placeShape: readonly number[]
  readonly map: Bijector
  /** The latent, and its place beside it. */
  values(place: Tensor): SiteTensors
  /** The place of a draw, or what it must have been. */
  placeIn(values: SiteTensors): Tensor
  /** log |det ∂value/∂place|, for each element of the plates. */
  logDet(place: Tensor): Tensor
}

/** @throws UnsupportedError for a discrete latent, and one whose support depends on others. */
export function realSite(model: Bound, site: RandomSite, who: string): RealSite {
  const { name, plates } = site
  const map = placesOnto(site, model.distributions.get(site)!.support, who)
  const placeShape = map.inverseShape(model.specs[name]!.shape).slice(plates.length)
  return {
    site,
    plates,
    placeShape,
    map,
    values: (place) => ({ [name]: map.forward(place), [placeName(name)]: place }),
    placeIn: (values) => values[placeName(name)] ?? map.inverse(values[name]!),
    logDet: (place) => overEvent(map.forwardLogDet(place), plates.length),
  }
}

/** The sum over all axes but those of plates. */
export function overEvent(x: Tensor, plates: number): Tensor {
  const axes = x.shape.map((_, axis) => axis).slice(plates)
  return axes.length === 0 ? x : sum(x, axes)
}
