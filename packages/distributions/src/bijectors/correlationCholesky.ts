import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  asinh,
  cumsum,
  div,
  exp,
  eye,
  logCosh,
  mul,
  neg,
  sqrt,
  square,
  sum,
  tanh,
} from '@variate/core/ops'
import { correlationCholesky as correlationCholeskySet } from '../constraints/correlationCholesky.ts'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'
import { onlyIn } from './onlyIn.ts'
import { sizeOfSquare, sizeOfTriangle, strictlyLowerOf, toStrictlyLower } from './triangleOrder.ts'

const NAME = 'correlationCholesky'

/**
 * Cholesky factors L [n, n] of correlation matrices from vectors of length n(n − 1)/2, which hold the elements below
 * the diagonal row by row: with t = tanh x, Lᵢⱼ = tᵢⱼ·√∏ₖ﹤ⱼ(1 − tᵢₖ²), so that each row is a unit vector. The
 * log-determinant is that of the elements below the diagonal.
 *
 * @see Lewandowski, Kurowicka and Joe (2009); NumPyro's CorrCholeskyTransform.
 */
export const correlationCholesky: Bijector = /* @__PURE__ */ defineBijector(NAME, {
  domainRank: 1,
  codomainRank: 2,
  forwardShape: (shape) => {
    const n = sizeOfTriangle(NAME, shape, false)
    return [...shape.slice(0, -1), n, n]
  },
  inverseShape: (shape) => {
    const n = sizeOfSquare(NAME, shape)
    return [...shape.slice(0, -2), (n * (n - 1)) / 2]
  },
  forward: (x) => {
    const { rows, taken, n } = rowsOf(x)
    return mul(add(tanh(rows), eye(n)), exp(neg(taken)))
  },
  inverse: onlyIn(correlationCholeskySet, (y) => {
    // atanh(a / √(a² + b²)) = asinh(a / b), where b² is what the elements after a leave of the unit vector.
    const left = cumsum(square(y), -1, { exclusive: true, reverse: true })
    return asinh(div(strictlyLowerOf(y), sqrt(strictlyLowerOf(left))))
  }),
  forwardLogDet: (x) => neg(sum(add(mul(2, logCosh(x)), strictlyLowerOf(rowsOf(x).taken)), -1)),
})

/** x as rows of a matrix, and for each element −½·log of what the elements before it leave of the unit vector. */
function rowsOf(x: Tensor): { rows: Tensor; taken: Tensor; n: number } {
  const n = sizeOfTriangle(NAME, x.shape, false)
  const rows = toStrictlyLower(x, n)
  return { rows, taken: cumsum(logCosh(rows), -1, { exclusive: true }), n }
}
