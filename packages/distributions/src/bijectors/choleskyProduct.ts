import { add, cholesky, constant, diagPart, log, matMul, mul, sum } from '@variate/core/ops'
import { positiveDefinite } from '../constraints/positiveDefinite.ts'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'
import { onlyIn } from './onlyIn.ts'

/**
 * Symmetric positive definite matrices A = L·Lᵀ from their Cholesky factors. The log-determinant is that of the
 * triangles, n·log 2 + Σᵢ (n − i)·log Lᵢᵢ, i = 0 … n − 1.
 *
 * @see Muirhead, Aspects of Multivariate Statistical Theory (1982), theorem 2.1.9.
 */
export const choleskyProduct: Bijector = /* @__PURE__ */ defineBijector('choleskyProduct', {
  domainRank: 2,
  codomainRank: 2,
  forward: (x) => matMul(x, x, { transposeB: true }),
  inverse: onlyIn(positiveDefinite, cholesky),
  forwardLogDet: (x) => {
    const n = x.shape.at(-1)!
    const weights = constant(Array.from({ length: n }, (_, i) => n - i))
    return add(sum(mul(weights, log(diagPart(x))), -1), n * Math.LN2)
  },
})
