import { DomainError, ShapeError } from '@variate/core'
import type { Declaration } from './declaration.ts'
import type { PlainData } from './plainData.ts'
import { placeOf, titleOf, type Program } from './program.ts'

interface Settled {
  readonly size: number
  /** What settled it. */
  readonly by: string
}

/**
 * How many elements each plate has: what it was declared with, or, by name, what the data say.
 *
 * @param named sizes that are given by name.
 * @throws ShapeError for data that do not fit a plate, or each other; DomainError for a size that nothing settles.
 */
export function settledSizes(
  program: Program,
  plain: ReadonlyMap<Declaration, PlainData>,
  named: Readonly<Record<string, number>>,
  who: string,
): ReadonlyMap<string, number> {
  const { plates } = program
  const known = new Map<string, Settled>()
  for (const [size, count] of Object.entries(named)) {
    if (![...plates.values()].some((plate) => plate.size === size))
      throw new DomainError(`${who}: sizes: ${titleOf(program)} has no plate of size "${size}"`)
    if (!Number.isInteger(count) || count < 1)
      throw new DomainError(`${who}: sizes.${size} must be a whole number ≥ 1, got ${String(count)}`)
    known.set(size, { size: count, by: 'as given' })
  }
  const sizeOf = (plate: string): Settled | undefined => {
    const { size } = plates.get(plate)!
    return typeof size === 'number' ? { size, by: 'as declared' } : known.get(size)
  }
  for (const [site, { shape }] of plain) {
    for (const [axis, plate] of site.plates.entries()) {
      const length = shape[axis]
      const expected = sizeOf(plate)
      if (length === undefined) {
        throw new ShapeError(
          `${who}: ${placeOf(site)}: data have shape [${shape}], expected an axis for each plate: ${site.plates.join(', ')}`,
        )
      }
      if (!expected) {
        if (length === 0)
          throw new ShapeError(`${who}: ${placeOf(site)}: data are empty, got shape [${shape}]`)
        known.set(plates.get(plate)!.size as string, {
          size: length,
          by: `as the data of "${site.name}" have it`,
        })
      } else if (length !== expected.size) {
        throw new ShapeError(
          `${who}: ${placeOf(site)}: data have shape [${shape}], with ${length} along axis ${axis}, and plate "${plate}" has ` +
            `size ${expected.size}, ${expected.by}`,
        )
      }
    }
  }
  return new Map(
    [...plates].map(([plate, { size }]) => {
      const settled = sizeOf(plate)
      if (settled) return [plate, settled.size]
      throw new DomainError(
        `${who}: plate "${plate}" has size "${size}", which no data settle: pass sizes: { ${size}: … }`,
      )
    }),
  )
}
