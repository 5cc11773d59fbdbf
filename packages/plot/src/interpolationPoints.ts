import { DomainError, NdArray, ShapeError, toMatrix, type MatrixLike } from '@variate/core'
import { checkCounts } from './grayImages.ts'

export interface InterpolationPointsOptions {
  /** How many points there are from one end to the other, both included; 9, if not given. */
  readonly steps?: number | undefined
  /**
   * 'linear' for straight lines (default); 'spherical' for great circles, which keep the distance from the origin that draws of a
   * normal prior of many dimensions have.
   */
  readonly path?: 'linear' | 'spherical' | undefined
}

const WHO = 'interpolationPoints'

/**
 * Points on the way from one place of a latent space to another, for each pair of rows.
 *
 * @param from where the ways begin, [pairs, d].
 * @param to where they end, [pairs, d].
 * @returns shape [pairs · steps, d], one way after the other, to be decoded for `interpolations`.
 * @throws ShapeError where `from` and `to` have other shapes; DomainError for numbers that are not finite, or fewer than two steps.
 * @see Shoemake, Animating rotation with quaternion curves (SIGGRAPH 1985), for great circles.
 *
 * @example
 * ```ts
 * import { interpolationPoints } from '@variate/plot'
 *
 * interpolationPoints([[1, 0]], [[0, 1]], { steps: 3 }).toNested() // => [[1, 0], [0.5, 0.5], [0, 1]]
 * interpolationPoints([[1, 0]], [[0, 1]], { steps: 3, path: 'spherical' }).at(1, 0) // => 0.7071
 * ```
 */
export function interpolationPoints(
  from: MatrixLike,
  to: MatrixLike,
  { steps = 9, path = 'linear' }: InterpolationPointsOptions = {},
): NdArray<Float64Array> {
  checkCounts({ steps }, 2, WHO)
  if (path !== 'linear' && path !== 'spherical')
    throw new DomainError(`${WHO}: path must be 'linear' or 'spherical', got ${String(path)}`)
  const [a, b] = [toMatrix(from, `${WHO}: from`), toMatrix(to, `${WHO}: to`)]
  if (String(a.shape) !== String(b.shape))
    throw new ShapeError(`${WHO}: from and to must have the same shape, got [${a.shape}] and [${b.shape}]`)
  const [pairs, d] = [a.shape[0]!, a.shape[1]!]
  const out = new Float64Array(pairs * steps * d)
  for (let pair = 0; pair < pairs; pair++) {
    const [begin, end] = [a, b].map(({ data }) => data.subarray(pair * d, (pair + 1) * d)) as [
      Float64Array,
      Float64Array,
    ]
    const angle = path === 'spherical' ? angleBetween(begin, end) : 0
    for (let step = 0; step < steps; step++) {
      const [left, right] = sharesAt(step / (steps - 1), angle)
      const place = (pair * steps + step) * d
      for (let j = 0; j < d; j++) out[place + j] = left * begin[j]! + right * end[j]!
    }
  }
  return new NdArray(out, [pairs * steps, d])
}

/** How much of each end: sin((1 − t) Ω) / sin Ω and sin(t Ω) / sin Ω, which are 1 − t and t where Ω is 0. */
function sharesAt(t: number, angle: number): readonly [number, number] {
  const sine = Math.sin(angle)
  // Of opposite ends no great circle is the one: then, too, the straight line.
  if (sine < 1e-9) return [1 - t, t]
  return [Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine]
}

/** 0 where one of the two is the origin. */
function angleBetween(a: Float64Array, b: Float64Array): number {
  const lengths = Math.hypot(...a) * Math.hypot(...b)
  if (lengths === 0) return 0
  const product = a.reduce((sum, x, j) => sum + x * b[j]!, 0)
  return Math.acos(Math.min(1, Math.max(-1, product / lengths)))
}
