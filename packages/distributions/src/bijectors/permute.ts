import { DomainError, ShapeError } from '@variate/core'
import { constant, gather } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import type { Bijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'

/**
 * y[i] = x[indices[i]]: the elements of vectors in another order.
 *
 * @param indices the numbers from 0 to n − 1, each once.
 * @throws DomainError if they are not; ShapeError for vectors of another length.
 */
export function permute(indices: readonly number[]): Bijector {
  const order = [...indices]
  const inverse: number[] = []
  order.forEach((from, to) => {
    if (!Number.isInteger(from) || from < 0 || from >= order.length || inverse[from] !== undefined) {
      throw new DomainError(
        `permute: indices must be the numbers from 0 to ${order.length - 1}, each once, got ${from} at [${to}]`,
      )
    }
    inverse[from] = to
  })
  const shapeOf = (shape: Shape): Shape => {
    if (shape.at(-1) === order.length) return shape
    throw new ShapeError(`permute: vectors must have length ${order.length}, got shape [${shape.join(', ')}]`)
  }
  return defineBijector('permute', {
    domainRank: 1,
    codomainRank: 1,
    forwardShape: shapeOf,
    inverseShape: shapeOf,
    forward: (x) => gather(x, constant(order, 'int32'), -1),
    inverse: (y) => gather(y, constant(inverse, 'int32'), -1),
    forwardLogDet: () => 0,
  })
}
