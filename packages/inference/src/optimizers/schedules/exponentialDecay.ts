import { div, floor, maximum, mul, pow } from '@variate/core/ops'
import { checkOptions } from '../checkOptions.ts'
import { scheduleOf, type Schedule } from './schedule.ts'

export interface ExponentialDecayOptions {
  /** The rate of the first step. */
  readonly start: number
  /** By what the rate is multiplied in so many steps. */
  readonly factor: number
  readonly steps: number
  /** Whether it is multiplied once in so many steps, not a little in each. */
  readonly staircase?: boolean
  /** Below which it never falls; 0, if not given. */
  readonly end?: number
}

/**
 * start · factor^(step / steps).
 *
 * @throws DomainError for a start that is not > 0, a factor outside (0, 1], steps that are no whole number ≥ 1, or an end < 0.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * const rate = schedules.exponentialDecay({ start: 0.1, factor: 0.25, steps: 100 })
 * rate(50) // => 0.05
 * rate(100) // => 0.025
 * ```
 */
export function exponentialDecay(options: ExponentialDecayOptions): Schedule {
  const { start, factor, steps, staircase = false, end = 0 } = options
  const who = 'schedules.exponentialDecay'
  checkOptions(who, '> 0', { start })
  checkOptions(who, 'in (0, 1]', { factor })
  checkOptions(who, 'a whole number ≥ 1', { steps })
  checkOptions(who, '≥ 0', { end })
  return scheduleOf((step) => {
    const over = div(step, steps)
    return maximum(mul(start, pow(factor, staircase ? floor(over) : over)), end)
  })
}
