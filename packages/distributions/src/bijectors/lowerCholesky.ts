import { add, concat, diag, diagPart, slice, sum } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import { lowerCholesky as lowerCholeskySet } from '../constraints/lowerCholesky.ts'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'
import { exp } from './exp.ts'
import { onlyIn } from './onlyIn.ts'
import { softplus } from './softplus.ts'
import { sizeOfSquare, sizeOfTriangle, strictlyLowerOf, toStrictlyLower } from './triangleOrder.ts'

export interface LowerCholeskyOptions {
  /** How the diagonal is made positive: `'exp'` (the default) or `'softplus'`. */
  readonly diagonal?: 'exp' | 'softplus'
}

/**
 * Lower-triangular matrices [n, n] with a positive diagonal from vectors of length n(n + 1)/2: the elements below the
 * diagonal row by row, as they are, then the diagonal, through exp or softplus.
 */
export function lowerCholesky({ diagonal = 'exp' }: LowerCholeskyOptions = {}): Bijector {
  const name = 'lowerCholesky'
  const map = diagonal === 'exp' ? exp : softplus
  const split = (x: Tensor): [lower: Tensor, diagonal: Tensor, n: number] => {
    const n = sizeOfTriangle(name, x.shape, true)
    const count = (n * (n - 1)) / 2
    const [lead, start] = [x.shape.slice(0, -1), x.shape.slice(0, -1).map(() => 0)]
    return [slice(x, [...start, 0], [...lead, count]), slice(x, [...start, count], [...lead, n]), n]
  }
  return defineBijector(name, {
    domainRank: 1,
    codomainRank: 2,
    forwardShape: (shape) => {
      const n = sizeOfTriangle(name, shape, true)
      return [...shape.slice(0, -1), n, n]
    },
    inverseShape: (shape) => {
      const n = sizeOfSquare(name, shape)
      return [...shape.slice(0, -2), (n * (n + 1)) / 2]
    },
    forward: (x) => {
      const [lower, diagonalOf, n] = split(x)
      return add(toStrictlyLower(lower, n), diag(map.forward(diagonalOf)))
    },
    inverse: onlyIn(lowerCholeskySet, (y) => concat([strictlyLowerOf(y), map.inverse(diagPart(y))], -1)),
    forwardLogDet: (x) => sum(map.forwardLogDet(split(x)[1]), -1),
    inverseLogDet: onlyIn(lowerCholeskySet, (y) => sum(map.inverseLogDet(diagPart(y)), -1)),
  })
}
