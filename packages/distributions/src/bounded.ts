import { DomainError, UnsupportedError } from '@variate/core'
import type { Real } from '@variate/core/ops'
import { broadcastShapes, constant } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import { checkBelow } from './checkBelow.ts'
import { checkDistribution } from './checkDistribution.ts'
import { extendedInteger } from './constraints/extendedInteger.ts'
import { extendedReal } from './constraints/extendedReal.ts'
import type { Capabilities, Distribution, Numbers, Parameter, Shape } from './distribution.ts'
import { toParameters } from './parameters.ts'

/** A lower end `low`, −∞ if not given, an upper end `high`, ∞ if not given, or both. */
export type Bounds =
  | { readonly low: Numbers; readonly high?: Numbers | undefined }
  | { readonly high: Numbers; readonly low?: Numbers | undefined }

/** Ends as a combinator of a distribution of numbers uses them. */
export interface Bounded {
  readonly low: Numbers
  readonly high: Numbers
  readonly parameters: Readonly<Record<'low' | 'high', Parameter>>
  readonly batchShape: Shape
  ends(): { readonly low: Tensor; readonly high: Tensor }
}

/**
 * The ends of a truncated or censored distribution.
 *
 * @param isWhole whether they must be whole numbers.
 * @throws DomainError if none is given, one is NaN, or has a fraction where it must not, or the lower one is not below the upper one.
 */
export function bounded(
  who: string,
  base: Distribution,
  bounds: Bounds | undefined,
  orEqual: boolean,
  isWhole = false,
): Bounded {
  const { low = -Infinity, high = Infinity } = bounds ?? {}
  if (low === -Infinity && high === Infinity) throw new DomainError(`${who}: give low, high or both`)
  const end = isWhole ? extendedInteger : extendedReal
  const { parameters, batchShape, resolved } = toParameters(
    who,
    { low: [low, end], high: [high, end] },
    (ends) => checkBelow(who, { low: ends.low, high: ends.high }, orEqual),
  )
  return {
    low,
    high,
    parameters,
    batchShape: broadcastShapes([base.batchShape, batchShape], `${who}: bounds and batch`),
    ends: () => {
      const ends: Readonly<Record<'low' | 'high', Real>> = resolved()
      return { low: constant(ends.low), high: constant(ends.high) }
    },
  }
}

/** @throws DomainError for no distribution; UnsupportedError if events are not numbers, or it lacks what is needed. */
export function checkUnivariate(
  who: string,
  base: Distribution,
  needed: readonly (keyof Capabilities)[] = [],
): void {
  checkDistribution(`${who}: base`, base)
  const { name, eventShape } = base
  const lacking = needed.find((capability) => !(capability in base))
  if (lacking) throw new UnsupportedError(`${who}: ${name} has no ${lacking}`)
  if (eventShape.length > 0) {
    throw new UnsupportedError(`${who}: events of ${name} must be numbers, they have shape [${eventShape}]`)
  }
}
