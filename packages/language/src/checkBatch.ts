import { DomainError, UnsupportedError } from '@variate/core'
import type { Bound } from './bind.ts'
import { placeOf, titleOf } from './program.ts'
import { suggestion } from './suggestion.ts'

/**
 * Checks that plates may be taken in part: elements of a batch must be all that the sites of the batch see of their plate.
 *
 * @throws DomainError for a name that no plate has; UnsupportedError for a chain, and for a plate of which a site outside of it
 *   sees all elements.
 */
export function checkBatch({ program, reads }: Bound, names: readonly string[], who: string): void {
  const { plates, declarations } = program
  for (const name of names) {
    const plate = plates.get(name)
    if (!plate)
      throw new DomainError(
        `${who}: batch: "${name}" ${suggestion(name, [...plates.keys()], `a plate of ${titleOf(program)}`)}`,
      )
    if (plate.isChain)
      throw new UnsupportedError(
        `${who}: chain "${name}" cannot be batched: each step depends on the one before. Batch a plate around it`,
      )
    for (const site of declarations) {
      if (!site.plates.includes(name)) continue
      const reader = declarations.find((other) => !other.plates.includes(name) && reads.has(other, site.name))
      if (!reader) continue
      throw new UnsupportedError(
        `${who}: plate "${name}" cannot be batched: ${placeOf(reader)} sees all elements of ${placeOf(site)}. ` +
          `Leave "${name}" out of the batch, or declare "${reader.name}" in the plate`,
      )
    }
  }
}
