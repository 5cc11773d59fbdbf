import { DomainError, NdArray } from '@variate/core'
import { plainData } from './plainData.ts'

/**
 * Several draws of a site as an array.
 *
 * @param who names them in errors.
 * @throws DomainError for values that are missing, and what `plainData` refuses.
 */
export function plainRows(x: unknown, who: string): NdArray {
  if (x instanceof NdArray) return x
  const { data, shape, missing } = plainData(x, who)
  if (!missing) return new NdArray(data, shape)
  throw new DomainError(`${who}: values are missing: replay a single draw, without count, and they are drawn`)
}
