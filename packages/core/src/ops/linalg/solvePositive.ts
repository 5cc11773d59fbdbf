import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '../../errors.ts'
import { neg } from '../arithmetic.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { matMul } from '../matMul.ts'
import { sumTo } from '../sum.ts'
import { batchOf, checkMatrix, factorize, readMatrix } from './matrices.ts'
import { solveInPlace } from './solveInPlace.ts'
import { symmetrize } from './symmetrize.ts'

const kernel: Kernel = {
  compute: ([a, b]) => {
    const [n, m] = b!.shape.slice(-2) as [number, number]
    const batch = batchOf([a!, b!], 'solvePositive')
    const [matrices, sides] = batch.starts as [Int32Array, Int32Array]
    const out = newValues([...batch.shape, n, m], 'float32')
    const factor = new Float64Array(n * n)
    const x = new Float64Array(n * m)
    for (let at = 0; at < batch.count; at++) {
      if (at === 0 || matrices[at] !== matrices[at - 1]) {
        readMatrix(a!, matrices[at]!, factor)
        factorize(factor, n, 'solvePositive', at, batch)
      }
      readMatrix(b!, sides[at]!, x)
      solveInPlace(factor, x, n, m, { lower: true, transpose: false })
      solveInPlace(factor, x, n, m, { lower: true, transpose: true })
      out.data.set(x, at * n * m)
    }
    return out
  },
  gradient: (index, dy, [a, b]) => {
    const db = solvePositive(a!, dy)
    if (index === 1) return sumTo(db, b!.shape)
    const product = matMul(db, solvePositive(a!, b!), { transposeB: true })
    return neg(symmetrize(sumTo(product, a!.shape)))
  },
}

/**
 * A⁻¹·B for symmetric positive definite A [..., n, n] and B [..., n, m]; leading axes broadcast. By Cholesky in
 * float64, rounded once: for badly conditioned A closer than `choleskySolve` of a factor that was itself rounded.
 * Only the lower triangle of A is read; its gradient is symmetric.
 *
 * @throws ShapeError for shapes that do not match; NumericalError for a matrix that is not positive definite.
 */
export function solvePositive(a: Tensor, b: Tensor): Tensor {
  checkMatrix(a, 'solvePositive: A')
  checkMatrix(b, 'solvePositive: B', false)
  if (b.shape.at(-2) !== a.shape.at(-1)) {
    throw new ShapeError(
      `solvePositive: A has shape [${a.shape.join(', ')}], B has shape [${b.shape.join(', ')}]`,
    )
  }
  return runKernel('variate.solvePositive', kernel, [a, b])
}
