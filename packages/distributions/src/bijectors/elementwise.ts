import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastShapes, type Real } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import type { ElementwiseBijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'

interface ElementwiseMap {
  readonly forward: (x: Tensor) => Real
  readonly inverse: (y: Tensor) => Real
  readonly forwardLogDet: (x: Tensor) => Real
  /** The negative of `forwardLogDet` at the inverse, if not given. */
  readonly inverseLogDet?: (y: Tensor) => Real
  /** 1, rising, if not given. */
  readonly direction?: () => Real
  /** The shape of its parameters, against which values broadcast. */
  readonly batchShape?: Shape
}

/** A bijector that maps each element by itself. */
export function elementwise(
  name: string,
  { direction = () => 1, batchShape = [], ...formulas }: ElementwiseMap,
): ElementwiseBijector {
  const shapeOf = (shape: Shape): Shape => broadcastShapes([shape, batchShape], name)
  const map = defineBijector(name, {
    ...formulas,
    domainRank: 0,
    codomainRank: 0,
    forwardShape: shapeOf,
    inverseShape: shapeOf,
  })
  return Object.freeze({ ...map, domainRank: 0, codomainRank: 0, direction })
}
