import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastTo, mul, sum } from '@variate/core/ops'
import {
  constraints,
  type Capabilities,
  type Distribution,
  type Reparameterized,
} from '@variate/distributions'

/** All its mass at one point of the real numbers. */
export interface PointMass extends Distribution, Reparameterized, Pick<Capabilities, 'mean' | 'variance'> {
  readonly name: 'pointMass'
}

/**
 * A point of the real numbers that stands for a distribution of them, as that of an estimate does: draws are the value, and
 * differentiable in it. It has no density; its logarithm counts as 0, so that a bound is the log joint at the point.
 *
 * `delta` is discrete, and the values that it may have are known before: it cannot stand where a density is.
 *
 * @param value of the shape of an event.
 */
export function pointMass(value: Tensor): PointMass {
  const axes = value.shape.map((_, i) => i - value.shape.length)
  return {
    name: 'pointMass',
    batchShape: [],
    eventShape: value.shape,
    support: constraints.independent(constraints.real, value.shape.length),
    reparameterized: true,
    parameters: { value },
    sample: (_, sampleShape = []) => broadcastTo(value, [...sampleShape, ...value.shape]),
    // 0·x, so that NaN stays what it is.
    logProb: (x) => sum(mul(x as Tensor, 0), axes),
    mean: () => value,
    variance: () => mul(value, 0),
  }
}
