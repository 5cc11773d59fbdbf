import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError } from '@variate/core'
import { broadcastTo, constant, neg, tidy, type Real } from '@variate/core/ops'
import type { Numbers, Shape } from '../distribution.ts'
import { own } from '../own.ts'
import type { Bijector } from './bijector.ts'

/** What a bijector is, as formulas in ops. */
export interface BijectorFormulas {
  readonly domainRank: number
  readonly codomainRank: number
  readonly forward: (x: Tensor) => Real
  readonly inverse: (y: Tensor) => Real
  readonly forwardLogDet: (x: Tensor) => Real
  /** The negative of `forwardLogDet` at the inverse, if not given. */
  readonly inverseLogDet?: (y: Tensor) => Real
  /** The shape of y for x of a shape, which has the axes of an event; the same if not given. */
  readonly forwardShape?: (shape: Shape) => Shape
  readonly inverseShape?: (shape: Shape) => Shape
}

/** A bijector from its formulas: values are converted, shapes checked, and tensors tidied up. */
export function defineBijector(name: string, formulas: BijectorFormulas): Bijector {
  const { domainRank, codomainRank, forward, inverse, forwardLogDet } = formulas
  const inverseLogDet =
    formulas.inverseLogDet ?? ((y: Tensor) => neg(constant(forwardLogDet(constant(inverse(y))))))
  const withRank =
    (rank: number, shapeOf: (shape: Shape) => Shape = (shape) => shape) =>
    (shape: Shape): Shape => {
      if (shape.length >= rank) return shapeOf(shape)
      throw new ShapeError(`${name}: an event has ${rank} axes, got shape [${shape.join(', ')}]`)
    }
  const forwardShape = withRank(domainRank, formulas.forwardShape)
  const inverseShape = withRank(codomainRank, formulas.inverseShape)
  const lift =
    (f: (x: Tensor) => Real, shapeOf: (shape: Shape) => Shape, dropped: number) => (value: Numbers) =>
      tidy(() => {
        const x = constant(value)
        const shape = shapeOf(x.shape)
        return own(broadcastTo(constant(f(x)), shape.slice(0, shape.length - dropped)), [x])
      })
  return Object.freeze({
    name,
    domainRank,
    codomainRank,
    forward: lift(forward, forwardShape, 0),
    inverse: lift(inverse, inverseShape, 0),
    forwardLogDet: lift(forwardLogDet, forwardShape, codomainRank),
    inverseLogDet: lift(inverseLogDet, inverseShape, domainRank),
    forwardShape,
    inverseShape,
  })
}
