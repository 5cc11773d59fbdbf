import { DomainError, UnsupportedError } from '@variate/core'
import type { Real } from '@variate/core/ops'
import { broadcastShapes, constant } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import { checkBelow } from './checkBelow.ts'
import { extendedReal } from './constraints/extendedReal.ts'
import type { Distribution, Numbers, Parameter, Shape } from './distribution.ts'
import { toParameters } from './parameters.ts'

/** Ends, of which one may be left out. */
export interface Bounds {
  /** The lower end; −∞ if not given. */
  readonly low?: Numbers | undefined
  /** The upper end; ∞ if not given. */
  readonly high?: Numbers | undefined
}

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
 * @throws DomainError if none is given, one is NaN, or the lower one is not below the upper one; UnsupportedError if
 * events are not numbers.
 */
export function bounded(
  who: string,
  base: Distribution,
  { low = -Infinity, high = Infinity }: Bounds,
  orEqual: boolean,
): Bounded {
  checkUnivariate(who, base)
  if (low === -Infinity && high === Infinity) throw new DomainError(`${who}: give low, high or both`)
  const { parameters, batchShape, resolved } = toParameters(
    who,
    { low: [low, extendedReal], high: [high, extendedReal] },
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

/** @throws UnsupportedError if events are not numbers. */
export function checkUnivariate(who: string, { name, eventShape }: Distribution): void {
  if (eventShape.length > 0) {
    throw new UnsupportedError(`${who}: events of ${name} must be numbers, they have shape [${eventShape}]`)
  }
}
