import type { NdArray } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import type { ClimbParams } from '../bbvi/climbState.ts'
import type { Setting } from '../bbvi/problemOf.ts'

/** A number of the places of all latents. */
export interface Label {
  readonly site: string
  /** Such as `theta[2]`. */
  readonly text: string
}

/** What each number of the places belongs to, of a point. */
export function labelsOf({ variational }: Setting, { guide }: ClimbParams): readonly Label[] {
  return Object.values(guide).flatMap((place, i) => {
    const { data, shape } = place as NdArray
    const site = variational.factors[i]!.name
    return Array.from(data, (_, at) => ({
      site,
      text: shape.length === 0 ? site : `${site}[${indicesOf(at, shape).join(', ')}]`,
    }))
  })
}
