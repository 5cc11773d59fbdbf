import type { NdArray } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import type { ParamArrays } from '@variate/families'

/** A number of the places of all latents. */
export interface Label {
  readonly site: string
  /** Such as `theta[2]`. */
  readonly text: string
}

/** What each number of the places belongs to. */
export function labelsOf(sites: readonly string[], places: ParamArrays): readonly Label[] {
  return Object.values(places).flatMap((place, i) => {
    const { data, shape } = place as NdArray
    const site = sites[i]!
    return Array.from(data, (_, at) => ({
      site,
      text: shape.length === 0 ? site : `${site}[${indicesOf(at, shape).join(', ')}]`,
    }))
  })
}
