import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { add, fill, isTensor, sum } from '@variate/core/ops'
import { biject, type Bijector, type Constraint } from '@variate/distributions'
import type { Bound } from './bind.ts'
import type { RandomSite } from './declaration.ts'
import { placeOf } from './program.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** The latents of a model as vectors and arrays of numbers without bounds: one tensor for each, in the order of `names`. */
export interface Unconstrained {
  readonly names: readonly string[]
  /** The values of the latents. */
  values(places: readonly Tensor[]): Record<string, Tensor>
  places(values: Tensors): readonly Tensor[]
  /** log |det ∂values/∂places|. */
  logDet(places: readonly Tensor[]): Tensor
}

/**
 * @throws UnsupportedError for latents that are discrete, or whose supports have no smooth map onto them or depend on other
 *   sites: it names them.
 */
export function unconstrained({ program, distributions, values: given }: Bound, who: string): Unconstrained {
  const latents = program.declarations.filter(
    (site): site is RandomSite => site.kind === 'latent' && given[site.name] === undefined,
  )
  const maps = latents.map((site) => placesOnto(site, distributions.get(site)!.support, who))
  const names = latents.map(({ name }) => name)
  return {
    names,
    values: (places) => Object.fromEntries(names.map((name, i) => [name, maps[i]!.forward(places[i]!)])),
    places: (values) => names.map((name, i) => maps[i]!.inverse(values[name]!)),
    logDet: (places) =>
      maps.reduce((total, map, i) => add(total, sum(map.forwardLogDet(places[i]!))), fill([], 0)),
  }
}

/**
 * The map from numbers without bounds onto a site's support.
 *
 * @throws UnsupportedError for a discrete site, and a support that has no such map or depends on other sites.
 */
export function placesOnto(site: RandomSite, support: Constraint, who: string): Bijector {
  if (support.isDiscrete) {
    throw new UnsupportedError(
      `${who}: ${placeOf(site)} is discrete, and its values do not change smoothly: sum over it by enumeration, or use ` +
        'importanceSampling',
    )
  }
  if (dependsOnSites(support)) {
    throw new UnsupportedError(
      `${who}: ${placeOf(site)}: its support (${support.description}) depends on other sites: declare a latent with fixed ends, and ` +
        'what is made of it as a deterministic site',
    )
  }
  return biject(support)
}

/** Whether the ends of a set are computed. */
function dependsOnSites(set: Constraint): boolean {
  const base = 'base' in set ? (set.base as Constraint) : undefined
  return isTensor(set.low) || isTensor(set.high) || (base !== undefined && dependsOnSites(base))
}
