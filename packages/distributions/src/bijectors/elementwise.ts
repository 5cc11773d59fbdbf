import type { Tensor } from '@tensorflow/tfjs-core'
import type { Real } from '@variate/core/ops'
import { broadcastTo, constant, neg, tidy } from '@variate/core/ops'
import type { Bijector } from './bijector.ts'

interface ElementwiseMap {
  readonly name: string
  readonly forward: (x: Tensor) => Real
  readonly inverse: (y: Tensor) => Real
  readonly forwardLogDet: (x: Tensor) => Real
  /** The negative of `forwardLogDet` at the inverse, if not given. */
  readonly inverseLogDet?: (y: Tensor) => Real
}

/** A bijector that maps each element by itself. */
export function elementwise({
  name,
  forward,
  inverse,
  forwardLogDet,
  inverseLogDet,
}: ElementwiseMap): Bijector {
  const lift = (f: (x: Tensor) => Real) => (x: Tensor) => tidy(() => broadcastTo(constant(f(x)), x.shape))
  return Object.freeze({
    name,
    domainRank: 0,
    codomainRank: 0,
    forward: lift(forward),
    inverse: lift(inverse),
    forwardLogDet: lift(forwardLogDet),
    inverseLogDet: lift(inverseLogDet ?? ((y) => neg(constant(forwardLogDet(constant(inverse(y))))))),
    forwardShape: (shape: readonly number[]) => shape,
    inverseShape: (shape: readonly number[]) => shape,
  })
}
