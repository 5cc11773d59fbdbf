import { latentsOf, lengthsOf, sizeOf, type Description, type RandomSite } from '../description.ts'
import { scaleNodes } from './scaleNodes.ts'

/** A latent whose values are gone through: all of a discrete one, or the nodes of a quadrature. */
export interface Listed {
  readonly site: RandomSite
  readonly values: readonly number[]
  /** The number of its first element among those of all that are listed, and how many it has. */
  readonly first: number
  readonly count: number
}

export function listedOf(description: Description): readonly Listed[] {
  let first = 0
  return latentsOf(description).flatMap((site): Listed[] => {
    const values = site.support ?? (site.isCommonScale ? scaleNodes(site) : undefined)
    if (!values) return []
    const count = sizeOf(lengthsOf(description, site))
    const listed = { site, values, first, count }
    first += count
    return [listed]
  })
}
