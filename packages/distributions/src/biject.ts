import { DomainError, UnsupportedError } from '@variate/core'
import { isTensor } from '@variate/core/ops'
import { isTracing, shown } from '@variate/core/internal'
import { batched } from './bijectors/batched.ts'
import type { Bijector } from './bijectors/bijector.ts'
import { chain } from './bijectors/chain.ts'
import { choleskyProduct } from './bijectors/choleskyProduct.ts'
import { correlationCholesky } from './bijectors/correlationCholesky.ts'
import { exp } from './bijectors/exp.ts'
import { above, below } from './bijectors/halfLine.ts'
import { identity } from './bijectors/identity.ts'
import { interval } from './bijectors/interval.ts'
import { lowerCholesky } from './bijectors/lowerCholesky.ts'
import { ordered } from './bijectors/ordered.ts'
import { sigmoid } from './bijectors/sigmoid.ts'
import { stickBreaking } from './bijectors/stickBreaking.ts'
import * as bijectors from './bijectors/all.ts'
import type { Constraint } from './constraints/constraint.ts'
import type { ImageConstraint } from './constraints/image.ts'
import type { IndependentConstraint } from './constraints/independent.ts'
import type { Parameter } from './distribution.ts'

type Biject = typeof onto & typeof bijectors

/**
 * A smooth map onto a set from unconstrained space, all numbers or all vectors; and, by name, the bijectors that such
 * maps are made of.
 *
 * @throws UnsupportedError for discrete sets, and for others that no smooth map leads onto.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { biject, exponential } from '@variate/distributions'
 *
 * const map = biject(exponential(1).support)
 * map.forward([-1, 0]).arraySync() // => [0.367879, 1]
 * map.forwardLogDet([-1, 0]).arraySync() // => [-1, 0]
 * biject.chain([biject.exp, biject.affine(0, 2)]).inverse(6).arraySync() // => 1.0986123
 * ```
 */
export const biject: Biject = /* @__PURE__ */ Object.assign(onto, bijectors)

function onto(support: Constraint): Bijector {
  if (typeof (support as Constraint | undefined)?.outside !== 'function') {
    throw new DomainError(
      `biject: the set must be a constraint, such as normal(0, 1).support, got ${shown(support)}`,
    )
  }
  const own = support.bijector?.() ?? known(support)
  if (own) return own
  const why = support.isDiscrete ? 'it is discrete' : 'no smooth map onto it is known'
  throw new UnsupportedError(`biject: ${support.name} (${support.description}) has no bijector: ${why}`)
}

/** The table of sets and bijectors, so that sets need not know them. */
function known(set: Constraint): Bijector | undefined {
  switch (set.isDiscrete ? '' : set.name) {
    case 'real':
    case 'extendedReal':
      return identity
    case 'positive':
    case 'nonnegative':
      return exp
    case 'unitInterval':
    case 'openUnitInterval':
    case 'unitIntervalAboveZero':
    case 'unitIntervalBelowOne':
      return sigmoid
    case 'atLeast':
    case 'greaterThan':
    case 'atMost':
    case 'lessThan':
    case 'interval':
      return between(set, set.low ?? -Infinity, set.high ?? Infinity)
    case 'realVector':
    case 'categoryLogits':
      return batched(identity, 1)
    case 'realMatrix':
      return batched(identity, 2)
    case 'positiveVector':
      return batched(exp, 1)
    case 'simplex':
      return stickBreaking
    case 'ordered':
      return ordered
    case 'lowerCholesky':
      return lowerCholesky()
    case 'positiveDefinite':
      return chain([lowerCholesky(), choleskyProduct])
    case 'correlationCholesky':
      return correlationCholesky
    case 'independent': {
      const { base, axes } = set as IndependentConstraint
      return batched(onto(base), axes)
    }
    case 'image': {
      const { base, map } = set as ImageConstraint
      return chain([onto(base), map])
    }
  }
  return undefined
}

function between(set: Constraint, low: Parameter, high: Parameter): Bijector {
  const [hasLow, hasHigh] = [isFinite(set, low), isFinite(set, high)]
  if (hasLow && hasHigh) return interval(low as never, high as never)
  if (hasLow) return above(low as never)
  return hasHigh ? below(high as never) : identity
}

/** Whether an end is finite, as it must be in the whole batch or nowhere; taken to be while a trace records. */
function isFinite(set: Constraint, end: Parameter): boolean {
  if (typeof end === 'number') return Number.isFinite(end)
  if (isTensor(end) && isTracing()) return true
  const data = Array.from(isTensor(end) ? end.dataSync() : end.data)
  const count = data.filter(Number.isFinite).length
  if (count === 0 || count === data.length) return count > 0
  throw new UnsupportedError(
    `biject: ${set.name} (${set.description}) has no bijector: its ends are finite in some elements of the batch only`,
  )
}
