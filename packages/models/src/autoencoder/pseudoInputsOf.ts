import { DomainError, NdArray, ShapeError, toMatrix, type MatrixLike } from '@variate/core'
import { constraints } from '@variate/distributions'
import { init, real, type Domain, type ParamOptions } from '@variate/language'

/** How far from the ends of a range numbers begin, as a part of it: at the ends they could not move. */
const MARGIN = 0.01

/**
 * Where pseudo-inputs lie, and what they begin with.
 *
 * @param shape how many there are, and how many numbers each has.
 * @param range between which numbers they lie, if not all.
 * @param given what they begin with; at random in the range, if not given.
 * @throws ShapeError for another number or size; DomainError for one outside of the range, whose row is named.
 */
export function pseudoInputsOf(
  shape: readonly [number, number],
  range: readonly [number, number] | undefined,
  given: MatrixLike | undefined,
  who: string,
): { readonly domain: Domain; readonly start: Exclude<ParamOptions['init'], undefined> } {
  const own = given && toMatrix(given, `${who}: pseudoInputs`)
  if (own && String(own.shape) !== String(shape))
    throw new ShapeError(`${who}: pseudoInputs must have shape [${shape}], got [${own.shape}]`)
  if (!range) return { domain: real(shape), start: own ?? init.normal(0, 1) }
  const [low, high] = range
  const margin = MARGIN * (high - low)
  const outside = own?.data.findIndex((x) => x < low || x > high) ?? -1
  if (outside >= 0)
    throw new DomainError(
      `${who}: pseudoInputs must be between ${low} and ${high}, as examples are, got ${own!.data[outside]} in row ${Math.floor(outside / shape[1])}`,
    )
  const within = own?.data.map((x) => Math.max(low + margin, Math.min(high - margin, x)))
  return {
    domain: { shape, constraint: constraints.interval(low, high) },
    start: within ? new NdArray(within, shape) : init.uniform(low, high),
  }
}
