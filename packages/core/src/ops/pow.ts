import { mul, sub } from './arithmetic.ts'
import { and, equal, greater } from './comparison.ts'
import { defineElementwise } from './defineElementwise.ts'
import { log } from './exponential.ts'
import type { Binary } from './real.ts'
import { where } from './where.ts'

/** aᵇ; NaN for a < 0 and b not whole. The derivative in b is 0 where a is 0. */
export const pow: Binary = /* @__PURE__ */ defineElementwise(
  'pow',
  (a, b) => a ** b,
  [
    (dy, a, b) => {
      const isZeroToTheZero = and(equal(a!, 0), equal(b!, 0))
      return mul(dy, mul(b!, pow(where(isZeroToTheZero, 1, a!), sub(b!, 1))))
    },
    (dy, a, b) => mul(dy, mul(pow(a!, b!), log(where(greater(a!, 0), a!, 1)))),
  ],
  { tfjs: 'Pow' },
) as Binary
