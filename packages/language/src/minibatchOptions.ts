import { DomainError, foldIn, key as keyOf, random } from '@variate/core'
import { shown } from '@variate/core/internal'
import { entryOf } from './entryOf.ts'
import type { Randomness } from './sampling.ts'

/** For each plate the elements that are taken: so many at random, or those of these indices. */
export type MinibatchOf<Plates extends string> = [Plates] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [Name in Plates]?: number | readonly number[] }

/** Which elements of plates are evaluated. */
export type MinibatchOptions<Plates extends string = string> = {
  /**
   * For each plate how many elements are taken at random, without replacement, which needs a seed or a key; or their indices.
   * Values are given for all elements. Terms of the sites within count N/n times, so that the mean over subsets is the value of
   * all N elements.
   */
  readonly batch?: MinibatchOf<Plates>
} & Partial<Randomness>

type Batch = Readonly<Record<string, number | readonly number[] | undefined>>

/**
 * The indices of the elements of a batch.
 *
 * @param sizes how many elements each plate has.
 * @throws DomainError for counts and indices that do not fit the plate, or a missing seed.
 */
export function subsetsOf(
  batch: Batch,
  sizes: ReadonlyMap<string, number>,
  { seed, key }: Partial<Randomness>,
  who: string,
): Readonly<Record<string, Int32Array>> {
  const subsets: Record<string, Int32Array> = {}
  for (const [at, plate] of [...sizes.keys()].entries()) {
    const own = entryOf(batch, plate)
    if (own === undefined) continue
    const size = sizes.get(plate)!
    const where = `${who}: batch: plate "${plate}"`
    if (typeof own !== 'number' && !isList(own))
      throw new DomainError(
        `${where}: expected a number of elements, or a list of indices, got ${shown(own)}`,
      )
    if (typeof own !== 'number') subsets[plate] = checked(own, size, where)
    else {
      if (!Number.isInteger(own) || own < 1 || own > size)
        throw new DomainError(
          `${where} has ${size} elements: expected a whole number 1 … ${size}, got ${own}`,
        )
      if (seed === undefined && key === undefined)
        throw new DomainError(`${where}: elements are drawn by a seed or a key: give one, or indices`)
      subsets[plate] = Int32Array.from(random.permutation(foldIn(key ?? keyOf(seed!), at), size).data).slice(
        0,
        own,
      )
    }
  }
  return subsets
}

/** @throws DomainError for what tells nothing of plates by their names. */
export function checkBatchRecord(batch: unknown, plates: Iterable<string>, who: string): void {
  if (typeof batch === 'object' && batch !== null && !isList(batch)) return
  const [plate = 'plate'] = plates
  throw new DomainError(
    `${who}: batch: expected a number of elements or indices for each plate, such as { ${plate}: 2 }, got ${shown(batch)}`,
  )
}

function isList(x: unknown): boolean {
  return Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView))
}

function checked(indices: readonly number[], size: number, where: string): Int32Array {
  const list = Array.from(indices)
  if (list.length === 0) throw new DomainError(`${where}: there must be an index at least`)
  const seen = new Set<number>()
  for (const [at, index] of list.entries()) {
    if (!Number.isInteger(index) || index < 0 || index >= size)
      throw new DomainError(`${where}: indices must be 0 … ${size - 1}, got ${shown(index)} at [${at}]`)
    if (seen.has(index)) throw new DomainError(`${where}: index ${index} is there twice, at [${at}]`)
    seen.add(index)
  }
  return Int32Array.from(list)
}
