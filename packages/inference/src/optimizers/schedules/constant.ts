import { fill, isTensor } from '@variate/core/ops'
import { checkOptions } from '../checkOptions.ts'
import { scheduleOf, type Schedule } from './schedule.ts'

/**
 * The same rate at every step.
 *
 * @throws DomainError for a rate that is not > 0.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * schedules.constant(0.1)(1000) // => 0.1
 * ```
 */
export function constant(rate: number): Schedule {
  checkOptions('schedules.constant', '> 0', { rate })
  return scheduleOf((step) => (isTensor(step) ? fill(step.shape, rate) : rate))
}
