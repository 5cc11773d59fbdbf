import type { Tensor } from '@tensorflow/tfjs-core'
import { NumericalError, ShapeError } from '../../errors.ts'
import { neg } from '../arithmetic.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { matMul } from '../matMul.ts'
import { sumTo } from '../sum.ts'
import { batchOf, checkMatrix, placeOf, readMatrix, type Batch } from './matrices.ts'
import { solveInPlace, type Triangle } from './solveInPlace.ts'
import { tril, triu } from './triangle.ts'

const kernel: Kernel = {
  compute: ([t, b], attributes) => {
    const triangle = attributes as unknown as Triangle
    const [n, m] = b!.shape.slice(-2) as [number, number]
    const batch = batchOf([t!, b!], 'triangularSolve')
    const [factors, sides] = batch.starts as [Int32Array, Int32Array]
    const out = newValues([...batch.shape, n, m], 'float32')
    const factor = new Float64Array(n * n)
    const x = new Float64Array(n * m)
    for (let at = 0; at < batch.count; at++) {
      if (at === 0 || factors[at] !== factors[at - 1]) {
        readMatrix(t!, factors[at]!, factor)
        checkDiagonal(factor, n, at, batch)
      }
      readMatrix(b!, sides[at]!, x)
      solveInPlace(factor, x, n, m, triangle)
      out.data.set(x, at * n * m)
    }
    return out
  },
  gradient: (index, dy, [t, b], attributes) => {
    const { lower, transpose } = attributes as unknown as Triangle
    const db = triangularSolve(t!, dy, { lower, transpose: !transpose })
    if (index === 1) return sumTo(db, b!.shape)
    const x = triangularSolve(t!, b!, { lower, transpose })
    const [left, right] = transpose ? [x, db] : [db, x]
    const dt = neg(sumTo(matMul(left, right, { transposeB: true }), t!.shape))
    return lower ? tril(dt) : triu(dt)
  },
}

function checkDiagonal(t: Float64Array, n: number, at: number, batch: Batch): void {
  for (let i = 0; i < n; i++) {
    if (t[i * n + i] !== 0) continue
    throw new NumericalError(
      `triangularSolve: the matrix${placeOf(at, batch.shape)} is singular: its diagonal is 0 in row ${i}`,
    )
  }
}

/**
 * X with T·X = B, or Tᵀ·X = B with `transpose`, for triangular matrices T [..., n, n] and B [..., n, m]; leading axes
 * broadcast. Only the lower triangle of T is read, or with `lower: false` only the upper. Computed in float64.
 *
 * @throws ShapeError for shapes that do not match; NumericalError for a zero on the diagonal.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant, triangularSolve } from '@variate/core/ops'
 *
 * triangularSolve(constant([[2, 0], [1, 2]]), constant([[4], [6]])).arraySync() // => [[2], [2]]
 * ```
 */
export function triangularSolve(t: Tensor, b: Tensor, options: Partial<Triangle> = {}): Tensor {
  const { lower = true, transpose = false } = options
  checkMatrix(t, 'triangularSolve: T')
  checkMatrix(b, 'triangularSolve: B', false)
  if (b.shape.at(-2) !== t.shape.at(-1)) {
    throw new ShapeError(
      `triangularSolve: T has shape [${t.shape.join(', ')}], B has shape [${b.shape.join(', ')}]`,
    )
  }
  return runKernel('variate.triangularSolve', kernel, [t, b], { lower, transpose })
}
