import { add, mul, pow, sub } from '@variate/core/ops'
import { checkOptions } from '../checkOptions.ts'
import { scheduleOf, shareOver, type Schedule } from './schedule.ts'

export interface LinearOptions {
  /** The rate of the first step. */
  readonly start: number
  /** The rate after so many steps, and from there on. */
  readonly end: number
  readonly steps: number
}

export interface PolynomialOptions extends LinearOptions {
  readonly power: number
}

/**
 * From one rate to another in equal steps: see `polynomial`, whose power is 1.
 *
 * @throws DomainError for rates that are not ≥ 0, and steps that are no whole number ≥ 1.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * const rate = schedules.linear({ start: 0.1, end: 0, steps: 100 })
 * rate(25) // => 0.075
 * rate(200) // => 0
 * ```
 */
export function linear(options: LinearOptions): Schedule {
  return between('schedules.linear', { ...options, power: 1 })
}

/**
 * end + (start − end) · (1 − step / steps)^power, and `end` from so many steps on.
 *
 * @throws DomainError for rates that are not ≥ 0, steps that are no whole number ≥ 1, and a power that is not > 0.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * const rate = schedules.polynomial({ start: 0.1, end: 0.02, steps: 100, power: 2 })
 * rate(50) // => 0.04
 * ```
 */
export function polynomial(options: PolynomialOptions): Schedule {
  return between('schedules.polynomial', options)
}

function between(who: string, { start, end, steps, power }: PolynomialOptions): Schedule {
  checkOptions(who, '≥ 0', { start, end })
  checkOptions(who, 'a whole number ≥ 1', { steps })
  checkOptions(who, '> 0', { power })
  return scheduleOf((step) => {
    const left = sub(1, shareOver(step, steps))
    return add(end, mul(start - end, power === 1 ? left : pow(left, power)))
  })
}
