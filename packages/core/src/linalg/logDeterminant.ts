import type { MatrixLike } from '../matrix.ts'
import { cholesky } from './cholesky.ts'

/**
 * log |A| of a positive definite matrix, in nats, by its Cholesky factor: 2 Σ log Lᵢᵢ.
 *
 * @throws NumericalError if A is not positive definite.
 *
 * @example
 * ```ts
 * import { linalg } from '@variate/core'
 *
 * linalg.logDeterminant([[4, 2], [2, 5]]) // => 2.772588722239781
 * ```
 */
export function logDeterminant(a: MatrixLike): number {
  const { data, shape } = cholesky(a)
  let sum = 0
  for (let i = 0; i < shape[0]!; i++) sum += Math.log(data[i * shape[0]! + i]!)
  return 2 * sum
}
