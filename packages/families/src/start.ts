import { NdArray, type Key } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'
import type { RealSite } from './realSite.ts'

/** Where continuous latents begin, as numbers without bounds: an array for each site, an axis for each plate first. */
export type Start = (
  model: Bound,
  sites: readonly RealSite[],
  key: Key,
) => Readonly<Record<string, NdArray<Float64Array>>>

/** The middle of each support. */
export const middle: Start = (model, sites) =>
  Object.fromEntries(
    sites.map(({ site: { name }, plates, placeShape }) => {
      const shape = [...plates.map((plate) => model.sizes.get(plate)!), ...placeShape]
      return [name, new NdArray(new Float64Array(sizeOf(shape)), shape)]
    }),
  )
