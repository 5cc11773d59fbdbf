import { NumericalError, type NdArray } from '@variate/core'
import { indicesOf } from '@variate/core/internal'

const ADVICE = 'the parameters may have grown too far in the fit: take a smaller rate, or scale the data'

/** @throws NumericalError for a result that is NaN, which is named. */
export function checkNumbers<Arrays extends object>(
  arrays: Arrays,
  who: string,
  what: (name: string) => string,
): Arrays {
  for (const [name, { data, shape }] of Object.entries(arrays as Readonly<Record<string, NdArray>>)) {
    const at = data.findIndex(Number.isNaN)
    if (at >= 0)
      throw new NumericalError(`${who}: ${what(name)} is NaN at [${indicesOf(at, shape)}]: ${ADVICE}`)
  }
  return arrays
}

/** @throws NumericalError for a bound that is NaN, which names the example. */
export function checkBound<Bound extends { readonly isNaNAt: number | undefined }>(
  { isNaNAt, ...bound }: Bound,
  who: string,
): Omit<Bound, 'isNaNAt'> {
  if (isNaNAt !== undefined) throw new NumericalError(`${who}: ${boundIsNaN(isNaNAt)}`)
  return bound
}

/** What is to be said of a bound that is no number, because it is none of an example. */
export function boundIsNaN(example: number): string {
  return `log p(x, z) − log q(z) of example ${example} is NaN at draws of q: ${ADVICE}`
}
