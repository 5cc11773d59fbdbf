import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '../../errors.ts'
import { mul, neg } from '../arithmetic.ts'
import { newValues, runKernel, type Kernel, type Values } from '../kernel.ts'
import { expandDims, reshape } from '../shapes.ts'
import { sumTo } from '../sum.ts'
import { batchOf, checkMatrix, factorize, readMatrix } from './matrices.ts'
import { outer } from './outer.ts'
import { solveInPlace } from './solveInPlace.ts'
import { solvePositive } from './solvePositive.ts'
import { checkTensors } from '../real.ts'

const kernel: Kernel = {
  compute: ([a, d]) => {
    const n = a!.shape.at(-1)!
    const column: Values = { ...d!, shape: [...d!.shape, 1] }
    const batch = batchOf([a!, column], 'squaredMahalanobis')
    const [matrices, vectors] = batch.starts as [Int32Array, Int32Array]
    const out = newValues(batch.shape, 'float32')
    const factor = new Float64Array(n * n)
    const z = new Float64Array(n)
    for (let at = 0; at < batch.count; at++) {
      if (at === 0 || matrices[at] !== matrices[at - 1]) {
        readMatrix(a!, matrices[at]!, factor)
        factorize(factor, n, 'squaredMahalanobis', at, batch)
      }
      readMatrix(d!, vectors[at]!, z)
      solveInPlace(factor, z, n, 1, { lower: true, transpose: false })
      let sum = 0
      for (let i = 0; i < n; i++) sum += z[i]! * z[i]!
      out.data[at] = sum
    }
    return out
  },
  gradient: (index, dy, [a, d]) => {
    const column = solvePositive(a!, expandDims(d!, -1))
    const s = reshape(column, column.shape.slice(0, -1))
    const weight = expandDims(dy, -1)
    if (index === 1) return sumTo(mul(mul(2, weight), s), d!.shape)
    return sumTo(neg(mul(expandDims(weight, -1), outer(s, s))), a!.shape)
  },
}

/**
 * dᵀ·A⁻¹·d for symmetric positive definite A [..., n, n] and vectors d [..., n]; leading axes broadcast. By Cholesky in
 * float64, rounded once. Only the lower triangle of A is read; its gradient is symmetric.
 *
 * @throws ShapeError for shapes that do not match; NumericalError for a matrix that is not positive definite.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant, squaredMahalanobis } from '@variate/core/ops'
 *
 * squaredMahalanobis(constant([[2, 0], [0, 1]]), constant([2, 1])).arraySync() // => 3
 * ```
 */
export function squaredMahalanobis(a: Tensor, d: Tensor): Tensor {
  checkMatrix(a, 'squaredMahalanobis: A')
  checkTensors('squaredMahalanobis: d', d)
  if (d.rank < 1 || d.shape.at(-1) !== a.shape.at(-1)) {
    throw new ShapeError(
      `squaredMahalanobis: A has shape [${a.shape.join(', ')}], d has shape [${d.shape.join(', ')}]`,
    )
  }
  return runKernel('variate.squaredMahalanobis', kernel, [a, d])
}
