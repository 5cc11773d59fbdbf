import { latentsOf, lengthsOf, type Description, type Table } from '../description.ts'
import type { Choices } from './choices.ts'
import { valuesOf } from './randomSites.ts'

/** Values of all latents that are unknown. */
export function latentValues(choose: Choices, description: Description): Readonly<Record<string, Table>> {
  return Object.fromEntries(
    latentsOf(description).map((site) => [site.name, valuesOf(choose, site, lengthsOf(description, site))]),
  )
}
