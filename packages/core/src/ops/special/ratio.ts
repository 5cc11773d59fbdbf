import { div } from '../arithmetic.ts'
import { equal } from '../comparison.ts'
import type { Real } from '../real.ts'
import { where } from '../where.ts'

/** power / x, 0 where the power is, also at x = 0: the derivative of power·log(x). */
export function ratio(power: Real, x: Real): Real {
  return div(power, where(equal(power, 0), 1, x))
}
