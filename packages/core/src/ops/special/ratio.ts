import { div } from '../arithmetic.ts'
import { and, equal } from '../comparison.ts'
import type { Real } from '../real.ts'
import { where } from '../where.ts'

/** power / x, 0 where both are 0: the derivative of power·log(x). */
export function ratio(power: Real, x: Real): Real {
  return div(power, where(and(equal(power, 0), equal(x, 0)), 1, x))
}
