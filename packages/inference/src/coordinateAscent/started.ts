import { NumericalError } from '@variate/core'
import type { Factor } from './factors.ts'
import { type MeanField, type MeanFieldState } from './meanField.ts'
import type { Plan } from './plan.ts'

/** What q starts from. */
export interface Start {
  /** Expected statistics of all factors, and 1. */
  readonly expected: Float64Array
  /** Whether a factor's are to be kept at first: the others follow from them. */
  readonly isGiven: (factor: Factor) => boolean
}

/**
 * q from expected statistics: first the factors that are not given, then the others.
 *
 * @throws NumericalError where a factor has no distribution.
 */
export function started(
  { factors }: Plan,
  { stages, update }: MeanField,
  { isGiven, expected }: Start,
  who: string,
): MeanFieldState {
  const q: MeanFieldState = {
    natural: new Float64Array(factors.total),
    expected: expected.slice(),
    logNormalizers: new Float64Array(factors.discrete.length + factors.continuous.length),
  }
  for (const given of [false, true]) {
    for (const { factors: all, isDiscrete } of stages) {
      const own = all.filter((factor) => isGiven(factor) === given)
      const broken = own.length > 0 ? update({ factors: own, isDiscrete }, q) : undefined
      if (broken === undefined) continue
      throw new NumericalError(
        `${who}: "${broken}" has no distribution at the start: give it a proper prior, or init`,
      )
    }
  }
  return q
}
