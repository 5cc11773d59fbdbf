import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { greaterEqual, where, type Real } from '@variate/core/ops'
import { checkOptions } from '../checkOptions.ts'
import { constant } from './constant.ts'
import { scheduleOf, type Schedule } from './schedule.ts'

export interface PiecewiseConstantOptions {
  readonly rates: readonly number[]
  /** The steps at which each of the others begins: one fewer than rates. */
  readonly boundaries: readonly number[]
}

/**
 * One rate after another.
 *
 * @throws DomainError for rates that are not > 0, and boundaries that are no ascending whole numbers ≥ 1, or not one fewer than rates.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * const rate = schedules.piecewiseConstant({ rates: [0.1, 0.01], boundaries: [1000] })
 * rate(999) // => 0.1
 * rate(1000) // => 0.01
 * ```
 */
export function piecewiseConstant({ rates, boundaries }: PiecewiseConstantOptions): Schedule {
  const who = 'schedules.piecewiseConstant'
  if (rates.length !== boundaries.length + 1)
    throw new DomainError(
      `${who}: got ${rates.length} rates, and ${boundaries.length} boundaries between them`,
    )
  rates.forEach((rate, i) => checkOptions(who, '> 0', { [`rates[${i}]`]: rate }))
  boundaries.forEach((step, i) => checkOptions(who, 'a whole number ≥ 1', { [`boundaries[${i}]`]: step }))
  if (boundaries.some((step, i) => i > 0 && step <= boundaries[i - 1]!))
    throw new DomainError(`${who}: boundaries must ascend, got ${shown(boundaries)}`)
  const first = constant(rates[0]!)
  return scheduleOf((step) =>
    boundaries.reduce<Real>(
      (rate, boundary, i) => where(greaterEqual(step, boundary), rates[i + 1]!, rate),
      first(step as never),
    ),
  )
}
