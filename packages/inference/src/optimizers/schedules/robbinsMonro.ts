import { add, mul, pow } from '@variate/core/ops'
import { checkOptions } from '../checkOptions.ts'
import { scheduleOf, type Schedule } from './schedule.ts'

export interface RobbinsMonroOptions {
  /** How much the first steps are shortened; 1, if not given. */
  readonly delay?: number
  /** How fast earlier steps are forgotten; 0.7, if not given. */
  readonly forgetting?: number
  /** What the rates are multiplied by; 1, if not given. */
  readonly scale?: number
}

/**
 * scale · (step + delay)^−forgetting: rates whose sum diverges while that of their squares converges, so that noisy steps
 * come to an optimum and stay there. These are the rates of stochastic variational inference.
 *
 * @throws DomainError for a delay or a scale that is not > 0, and a forgetting outside (0.5, 1], where one of the sums does otherwise.
 * @see Robbins and Monro, A Stochastic Approximation Method (1951); Hoffman, Blei, Wang and Paisley, Stochastic Variational
 *   Inference (JMLR 2013), equation 26, whose steps count from 1.
 *
 * @example
 * ```ts
 * import { schedules } from '@variate/inference'
 *
 * const rate = schedules.robbinsMonro({ delay: 1, forgetting: 1 })
 * rate(0) // => 1
 * rate(9) // => 0.1
 * ```
 */
export function robbinsMonro(options: RobbinsMonroOptions = {}): Schedule {
  const { delay = 1, forgetting = 0.7, scale = 1 } = options
  const who = 'schedules.robbinsMonro'
  checkOptions(who, '> 0', { delay, scale })
  checkOptions(who, 'in (0.5, 1]', { forgetting })
  return scheduleOf((step) => mul(scale, pow(add(step, delay), -forgetting)))
}
