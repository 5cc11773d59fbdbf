import { DomainError, NdArray } from '@variate/core'
import { indicesOf, sizeOf } from '@variate/core/internal'
import type { Declaration } from './declaration.ts'
import type { PlainData } from './plainData.ts'
import { placeOf, type Program } from './program.ts'
import type { Reads } from './reads.ts'

/**
 * Which events of a site are there.
 *
 * @throws DomainError for what is missing where it is no observation, or others depend on it, and for events of which a part
 *   is missing.
 */
export function presentEvents(
  { declarations }: Program,
  reads: Reads,
  site: Declaration,
  { shape, missing }: PlainData,
  eventShape: readonly number[],
  who: string,
): NdArray<Uint8Array> {
  const at = missing!.indexOf(1)
  const where = `${who}: ${placeOf(site)}: the value at [${indicesOf(at, shape)}] is missing`
  if (site.kind !== 'observed') throw new DomainError(`${where}: only observations may be`)
  const reader = declarations.find((other) => reads.has(other, site.name))
  if (reader) throw new DomainError(`${where}, and ${placeOf(reader)} depends on it: declare a latent for it`)
  const size = sizeOf(eventShape)
  const events = Uint8Array.from({ length: missing!.length / size }, (_, i) => {
    const own = missing!.subarray(i * size, (i + 1) * size)
    const count = own.reduce((a, b) => a + b, 0)
    if (count > 0 && count < size)
      throw new DomainError(
        `${where}, and other entries of its event are not: an event is missing as a whole`,
      )
    return count > 0 ? 0 : 1
  })
  return new NdArray(events, shape.slice(0, shape.length - eventShape.length))
}
