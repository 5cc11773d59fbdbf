import { add, mul, neg, sub } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import { exp, expm1 } from '../exponential.ts'
import type { Binary, Real } from '../real.ts'

/** log(gate + (1 − gate)·eˣ), the log probability of 0 where it is inflated, for x ≤ 0; exact at gate = 0 and 1. */
export const logInflated: Binary = /* @__PURE__ */ elementwise(
  'logInflated',
  (gate, x) => {
    const growth = gate * Math.expm1(-x)
    if (gate === 0) return x
    return growth < Infinity ? x + Math.log1p(growth) : Math.log(gate)
  },
  [
    (dy, gate, x) => mul(dy, neg(mul(expm1(x!), exp(neg(logInflated(gate!, x!)))))),
    (dy, gate, x) => mul(dy, shareOfX(gate!, x!)),
  ],
) as Binary

/** (1 − gate)·eˣ / (gate + (1 − gate)·eˣ), the derivative in x. */
function shareOfX(gate: Real, x: Real): Real {
  return mul(sub(1, gate), exp(add(x, neg(logInflated(gate, x)))))
}
