import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError } from '@variate/core'
import {
  add,
  broadcastShapes,
  drawUniform,
  equal,
  greaterEqual,
  less,
  logAddExp,
  logSigmoid,
  mul,
  neg,
  sigmoid,
  softplus,
  splitKey,
  square,
  sub,
  where,
  type AnyKey,
  type Real,
} from '@variate/core/ops'
import { logInflated, logTrials } from '@variate/core/internal'
import { checkDistribution } from './checkDistribution.ts'
import { combine, type Able, type Inherit } from './combine.ts'
import { real } from './constraints/real.ts'
import { unitInterval } from './constraints/unitInterval.ts'
import { withZero } from './constraints/withZero.ts'
import type { Distribution, Numbers, Parameter } from './distribution.ts'
import { eitherOf } from './eitherOf.ts'
import { expand } from './expand.ts'
import type { OfNumbers, OfWholeNumbers } from './kinds.ts'
import { toParameters } from './parameters.ts'

/** The probability of a zero beside those of the base, or its log odds: one of the two. */
export type GateOptions =
  | { readonly gate: Numbers; readonly gateLogits?: undefined }
  | { readonly gateLogits: Numbers; readonly gate?: undefined }

/** A distribution of counts with more zeros. */
export type ZeroInflated<Base extends Distribution = Distribution> = Distribution & {
  readonly name: 'zeroInflated'
  readonly base: Base
  /** The probability of a zero beside those of the base, if it was given. */
  readonly gate?: Parameter
  /** Its log odds, if they were given. */
  readonly gateLogits?: Parameter
} & Inherit<Base, 'cdf' | 'survival' | 'mean' | 'variance' | 'enumerateSupport'>

/**
 * A discrete distribution with more zeros: 0 with probability gate, else a draw of `base`, so that the probability of 0 is
 * gate + (1 − gate)·p(0), and of any other x (1 − gate)·p(x).
 *
 * @param base any distribution of whole numbers.
 * @param options.gate from 0 to 1; or
 * @param options.gateLogits log(gate / (1 − gate)), any real number.
 * @throws DomainError for a gate outside its domain, and unless exactly one of gate and gateLogits is given; ShapeError for
 * a base of vectors, and shapes that do not broadcast; UnsupportedError for a base that is not discrete.
 * @see Lambert, "Zero-inflated Poisson regression" (1992).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { poisson, zeroInflated } from '@variate/distributions'
 *
 * const visits = zeroInflated(poisson(2.5), { gate: 0.25 })
 * visits.logProb([0, 2]).arraySync() // => [-1.166151, -1.648248]
 * visits.mean().arraySync() // => 1.875
 * ```
 */
export function zeroInflated<Base extends Distribution>(
  base: Base & OfWholeNumbers<Base, 'zeroInflated'> & OfNumbers<Base, 'zeroInflated'>,
  options: GateOptions,
): ZeroInflated<Base> {
  checkDistribution('zeroInflated: base', base)
  if (!base.support.isDiscrete) {
    throw new UnsupportedError(`zeroInflated: the base must be discrete, got ${base.name}`)
  }
  if (base.eventShape.length > 0) {
    throw new ShapeError(`zeroInflated: events of the base must be numbers, got shape [${base.eventShape}]`)
  }
  const given = eitherOf('zeroInflated', options, { gate: unitInterval, gateLogits: real })
  const { parameters, batchShape: gateShape, resolved } = toParameters('zeroInflated', given)
  const batchShape = broadcastShapes([base.batchShape, gateShape], 'zeroInflated: gate and batch')
  const support = withZero(base.support)
  const from: Able = expand(base as Able, batchShape)
  const { cdf, survival, mean, variance, enumerateSupport } = from
  const result = combine('zeroInflated', {
    batchShape,
    eventShape: [],
    support,
    parameters,
    sample: (key, sampleShape) => {
      const [ofGate, ofBase] = splitKey(key) as [AnyKey, AnyKey]
      const isZero = less(drawUniform(ofGate, [...sampleShape, ...batchShape]), gateOf(resolved()))
      return where(isZero, 0, from.sample(ofBase, sampleShape))
    },
    logProb: (x) => logProb(resolved(), equal(x, 0) as Tensor, from.logProb(x)),
    cdf:
      cdf &&
      ((x) => {
        const ofBase = mul(sub(1, gateOf(resolved())), cdf(x))
        return add(where(greaterEqual(x, 0), gateOf(resolved()), 0), ofBase)
      }),
    survival:
      survival &&
      ((x) => {
        const gate = gateOf(resolved())
        return add(where(less(x, 0), gate, 0), mul(sub(1, gate), survival(x)))
      }),
    mean: mean && (() => mul(sub(1, gateOf(resolved())), mean())),
    variance:
      mean &&
      variance &&
      (() => {
        const gate = gateOf(resolved())
        return mul(sub(1, gate), add(variance(), mul(gate, square(mean()))))
      }),
    enumerateSupport: support === base.support && enumerateSupport,
  })
  return Object.freeze({ ...result, ...parameters, base }) as never
}

interface Gate {
  readonly gate?: Real
  readonly gateLogits?: Real
}

function gateOf({ gate, gateLogits }: Gate): Real {
  return gateLogits === undefined ? gate! : sigmoid(gateLogits)
}

function logProb({ gate, gateLogits }: Gate, isZero: Tensor, ofBase: Tensor): Real {
  const ofZero = where(isZero, ofBase, 0)
  if (gateLogits === undefined) {
    return where(isZero, logInflated(gate!, ofZero), add(logTrials(0, 1, gate!), ofBase))
  }
  const open = neg(softplus(gateLogits))
  return where(isZero, logAddExp(logSigmoid(gateLogits), add(open, ofZero)), add(open, ofBase))
}
