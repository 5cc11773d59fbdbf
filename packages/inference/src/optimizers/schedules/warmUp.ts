import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, maximum, minimum, mul, sub } from '@variate/core/ops'
import { checkOptions } from '../checkOptions.ts'
import { checkRate, type Rate } from '../optimizer.ts'
import { constant } from './constant.ts'
import { scheduleOf, type Schedule } from './schedule.ts'

/**
 * So many steps of rates that rise by equal amounts, then those of a schedule from its first on, which is one such amount
 * above: step t of n has (t + 1) / (n + 1) of it.
 *
 * @param steps how many steps come before.
 * @param schedule what follows, or a rate that stays.
 * @throws DomainError for steps that are no whole number ≥ 1, and a rate that is not > 0.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * const rate = schedules.warmUp(4, schedules.linear({ start: 0.1, end: 0, steps: 10 }))
 * rate(0) // => 0.02
 * rate(4) // => 0.1
 * rate(5) // => 0.09
 * ```
 */
export function warmUp(steps: number, schedule: number | Schedule): Schedule
export function warmUp(steps: number, schedule: Rate): (step: Tensor) => Tensor
export function warmUp(steps: number, schedule: Rate): Schedule {
  checkOptions('schedules.warmUp', 'a whole number ≥ 1', { steps })
  checkRate('schedules.warmUp', schedule)
  const after = typeof schedule === 'number' ? constant(schedule) : schedule
  return scheduleOf((step) => {
    const share = minimum(div(add(step, 1), steps + 1), 1)
    return mul(share, after(maximum(sub(step, steps), 0) as never))
  })
}
