import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import {
  add,
  broadcastShapes,
  constant,
  expandDims,
  logDetTriangular,
  matVec,
  neg,
  reshape,
  sub,
  triangularSolve,
  tril,
} from '@variate/core/ops'
import { lowerCholesky } from '../constraints/lowerCholesky.ts'
import { realVector } from '../constraints/realVector.ts'
import type { Numbers, Shape } from '../distribution.ts'
import { shapeOf } from '../parameter.ts'
import { toParameters } from '../parameters.ts'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'
import { sizeOfSquare } from './triangleOrder.ts'

/**
 * y = loc + L·x, for vectors.
 *
 * @param loc of shape [..., n].
 * @param matrix L, lower-triangular with a positive diagonal, of shape [..., n, n].
 * @throws DomainError for another matrix; ShapeError for shapes that do not match.
 */
export function scaleTril(loc: Numbers, matrix: Numbers): Bijector {
  const { parameters, batchShape, resolved } = toParameters('scaleTril', {
    loc: [loc, realVector],
    scaleTril: [matrix, lowerCholesky],
  })
  const n = sizeOfSquare('scaleTril', shapeOf(parameters.scaleTril))
  const shapeWith = (shape: Shape): Shape => {
    if (shape.at(-1) === n) return [...broadcastShapes([shape.slice(0, -1), batchShape], 'scaleTril'), n]
    throw new ShapeError(`scaleTril: vectors must have length ${n}, got shape [${shape.join(', ')}]`)
  }
  shapeWith(shapeOf(parameters.loc))
  const tensors = (): { loc: Tensor; factor: Tensor } => {
    const { loc, scaleTril } = resolved()
    return { loc: constant(loc), factor: tril(constant(scaleTril)) }
  }
  return defineBijector('scaleTril', {
    domainRank: 1,
    codomainRank: 1,
    forwardShape: shapeWith,
    inverseShape: shapeWith,
    forward: (x) => {
      const { loc, factor } = tensors()
      return add(loc, matVec(factor, x))
    },
    inverse: (y) => {
      const { loc, factor } = tensors()
      const column = triangularSolve(factor, expandDims(sub(y, loc), -1))
      return reshape(column, column.shape.slice(0, -1))
    },
    forwardLogDet: () => logDetTriangular(tensors().factor),
    inverseLogDet: () => neg(logDetTriangular(tensors().factor)),
  })
}
