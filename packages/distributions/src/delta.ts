import { ShapeError } from '@variate/core'
import { broadcastTo, constant, isTensor, mul, plainArray } from '@variate/core/ops'
import { independent } from './constraints/independent.ts'
import { point } from './constraints/point.ts'
import { real } from './constraints/real.ts'
import { define } from './define.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Reparameterized } from './distribution.ts'
import { shapeOf } from './parameter.ts'
import { sumLast } from './sumLast.ts'

export interface Delta extends Distribution, Reparameterized, Pick<Capabilities, 'mean' | 'variance'> {
  readonly name: 'delta'
  /** The only value. */
  readonly value: Parameter
}

export interface DeltaOptions {
  /** How many of the last axes of the value are those of one event; 0 if not given. */
  readonly eventRank?: number
}

/**
 * The distribution of what is certain: the value has probability 1, so that its log probability is 0 and −∞ elsewhere.
 * Draws are differentiable in the value.
 *
 * @param value of shape [...batchShape, ...eventShape], finite.
 * @throws DomainError for a value that is not finite; ShapeError if it has fewer axes than an event.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { delta } from '@variate/distributions'
 *
 * delta(2).logProb([1, 2]).arraySync() // => [-Infinity, 0]
 * delta([1, 2, 3], { eventRank: 1 }).eventShape // => [3]
 * ```
 */
export function delta(value: Numbers, { eventRank = 0 }: DeltaOptions = {}): Delta {
  const plain =
    typeof value === 'number' || isTensor(value) ? value : plainArray(value as never, 'delta: value')
  const shape = shapeOf(plain)
  if (!Number.isInteger(eventRank) || eventRank < 0 || eventRank > shape.length) {
    throw new ShapeError(
      `delta: eventRank must be a whole number from 0 to ${shape.length}, got ${eventRank}`,
    )
  }
  return define(
    'delta',
    { value: [plain as Numbers, eventRank === 0 ? real : independent(real, eventRank)] },
    {
      support: point(plain as Numbers, eventRank),
      eventShape: shape.slice(shape.length - eventRank),
      reparameterized: true,
      draw: ({ value }, _, shape) => broadcastTo(constant(value), shape),
      // 0·x, so that NaN stays what it is.
      logProb: (_, x) => sumLast(mul(x, 0), eventRank),
      mean: ({ value }) => value,
      variance: ({ value }) => mul(value, 0),
    },
  ) as Delta
}
