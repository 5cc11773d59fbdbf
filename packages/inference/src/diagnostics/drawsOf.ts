import { DomainError, type NdArray, ShapeError } from '@variate/core'
import { plainRows } from '@variate/language/internal'

/** Draws as arrays, and how many there are. */
export interface PlainDraws {
  readonly count: number
  readonly arrays: Readonly<Record<string, NdArray>>
}

/**
 * Draws of sites as plain arrays, the draws along the first axis.
 *
 * @throws DomainError where there are none, or values are missing; ShapeError where sites have not as many.
 */
export function drawsOf(draws: object, who: string): PlainDraws {
  const arrays: Record<string, NdArray> = {}
  for (const [name, x] of Object.entries(draws))
    if (x !== undefined) arrays[name] = plainRows(x, `${who}: draws of "${name}"`)
  const [first] = Object.entries(arrays)
  if (!first) throw new DomainError(`${who}: there must be draws of at least one site`)
  const count = first[1].shape[0]
  for (const [name, { shape }] of Object.entries(arrays)) {
    if (shape[0] !== undefined && shape[0] > 0 && shape[0] === count) continue
    throw new ShapeError(
      `${who}: draws lie along the first axis: those of "${first[0]}" have shape [${first[1].shape}], of "${name}" [${shape}]`,
    )
  }
  return { count: count!, arrays }
}
