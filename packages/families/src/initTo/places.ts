import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { NumericalError, type Key, type NdArray } from '@variate/core'
import { initialParams, placeOf, type Bound } from '@variate/language/internal'
import type { RealSite } from '../realSite.ts'

export type Places = Readonly<Record<string, NdArray<Float64Array>>>

/** The shape of the places of all elements of a latent. */
export function placesShape(model: Bound, { plates, placeShape }: RealSite): readonly number[] {
  return [...plates.map((plate) => model.sizes.get(plate)!), ...placeShape]
}

/** What draws from a model are made with: data, and what parameters that are not given begin with. */
export function givenOf({ program, sizes, values }: Bound, key: Key): Readonly<Record<string, unknown>> {
  return { ...initialParams(program, sizes, key), ...values }
}

/** The places of values of latents, or of several draws of each, along a first axis. */
export function placesOf(
  sites: readonly RealSite[],
  values: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  return Object.fromEntries(sites.map(({ site, map }) => [site.name, map.inverse(values[site.name]!)]))
}

/** Places of values that are known. */
export function placesOfArrays(
  sites: readonly RealSite[],
  values: Readonly<Record<string, NdArray>>,
): Places {
  const run = compile((own: Readonly<Record<string, Tensor>>) => placesOf(sites, own), {
    precision: 'float64',
  })
  return run(values as never) as unknown as Places
}

/** @throws NumericalError for a place that is not finite. */
export function checkFinite(sites: readonly RealSite[], places: Places, who: string): Places {
  for (const { site } of sites) {
    const wrong = places[site.name]!.data.find((x) => !Number.isFinite(x))
    if (wrong === undefined) continue
    throw new NumericalError(
      `${who}: ${placeOf(site)}: no place to begin at, got ${wrong}: a value lies at the end of its support, or is not finite; ` +
        'begin elsewhere, as by initTo.median() or initTo.feasible()',
    )
  }
  return places
}
