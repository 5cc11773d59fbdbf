import { DomainError, NdArray, toVector, type VectorLike } from '@variate/core'

export interface TraversalPointsOptions {
  /** The values that each dimension is given; −3, −2, …, 3, if not given. */
  readonly values?: readonly number[] | undefined
  /** Which dimensions change, counted from 0; all, if not given. */
  readonly dimensions?: readonly number[] | undefined
}

const WHO = 'traversalPoints'

/**
 * Points of a latent space that differ from one of them in one dimension at a time.
 *
 * @param z where the other dimensions stay, [d]: the origin, or the place of an observation.
 * @returns shape [dimensions · values, d], one dimension after the other, to be decoded for `traversals`.
 * @throws DomainError for numbers that are not finite, no values, and dimensions that z does not have.
 *
 * @example
 * ```ts
 * import { traversalPoints } from '@variate/plot'
 *
 * traversalPoints([0.5, 0.2], { values: [-1, 1] }).toNested() // => [[-1, 0.2], [1, 0.2], [0.5, -1], [0.5, 1]]
 * ```
 */
export function traversalPoints(
  z: VectorLike,
  { values = [-3, -2, -1, 0, 1, 2, 3], dimensions }: TraversalPointsOptions = {},
): NdArray<Float64Array> {
  const base = toVector(z, 'shape' in z ? (z.shape[0] ?? 0) : z.length, `${WHO}: z`)
  const at = dimensions ?? Array.from(base.keys())
  const other = at.find((dimension) => !(Number.isInteger(dimension) && dimension in base))
  if (other !== undefined || at.length === 0)
    throw new DomainError(`${WHO}: dimensions must be among 0 … ${base.length - 1}, got ${other ?? 'none'}`)
  const bad = values.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0 || values.length === 0)
    throw new DomainError(
      `${WHO}: values must be finite, got ${bad < 0 ? 'none' : `${values[bad]} at [${bad}]`}`,
    )
  const rows = at.flatMap((dimension) => values.map((value) => base.with(dimension, value)))
  return new NdArray(Float64Array.from(rows.flatMap((row) => [...row])), [rows.length, base.length])
}
