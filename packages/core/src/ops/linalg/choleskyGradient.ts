import type { Tensor } from '@tensorflow/tfjs-core'
import { reverseCholesky } from '../../linalg/reverseCholesky.ts'
import { mul, sub } from '../arithmetic.ts'
import { newValues, runKernel, type Kernel } from '../kernel.ts'
import { matMul } from '../matMul.ts'
import { transpose } from '../shapes.ts'
import { diag, diagPart } from './diagonal.ts'
import { batchOf, readMatrix } from './matrices.ts'
import { symmetrize } from './symmetrize.ts'
import { tril } from './triangle.ts'
import { triangularSolve } from './triangularSolve.ts'

// The result is S of L⁻ᵀ·Φ(Lᵀ·D)·L⁻¹, S taking the symmetric part, Φ the lower triangle with its diagonal halved (Murray,
// eq. 10). Its own derivatives are those of that, W being what it is multiplied with and Y = L⁻¹·W·L⁻ᵀ.
const kernel: Kernel = {
  compute: ([factor, slopes]) => {
    const n = factor!.shape.at(-1)!
    const { shape, count, starts } = batchOf([factor!, slopes!], 'cholesky')
    const out = newValues([...shape, n, n], 'float32')
    const [l, d] = [new Float64Array(n * n), new Float64Array(n * n)]
    for (let at = 0; at < count; at++) {
      readMatrix(factor!, starts[0]![at]!, l)
      readMatrix(slopes!, starts[1]![at]!, d)
      reverseCholesky(l, d, n)
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) d[j * n + i] = d[i * n + j]! /= 2
      }
      out.data.set(d, at * n * n)
    }
    return out
  },
  gradient: (index, dy, [factor, slopes]) => {
    const w = symmetrize(dy)
    const left = triangularSolve(factor!, w)
    const y = tril(triangularSolve(factor!, transpose(left)))
    const halved = sub(y, mul(diag(diagPart(y)), 0.5))
    if (index === 1) return tril(matMul(factor!, halved))
    const ofProduct = matMul(tril(slopes!), halved, { transposeB: true })
    const ofInverses = matMul(choleskyGradient(factor!, slopes!), left, { transposeB: true })
    return tril(sub(ofProduct, mul(ofInverses, 2)))
  },
}

/**
 * The derivative of a number in matrices A [..., n, n], symmetric, of that in the lower triangles of their Cholesky
 * factors, at those factors. Computed in float64.
 */
export function choleskyGradient(factor: Tensor, slopes: Tensor): Tensor {
  return runKernel('variate.choleskyGradient', kernel, [factor, slopes])
}
