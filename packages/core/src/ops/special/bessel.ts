import { i0e as i0eOf } from '../../special/i0e.ts'
import { i0eDerivative } from '../../special/i0eDerivative.ts'
import { i1e as i1eOf } from '../../special/i1e.ts'
import { add, mul } from '../arithmetic.ts'
import { elementwise } from '../elementwise.ts'
import type { Binary, Join, Real } from '../real.ts'

/** The n-th derivative, where it jumps at 0 the mean of both sides. */
const i0eKernel: Binary = /* @__PURE__ */ elementwise(
  'i0e',
  (n, x) => (n === 0 ? i0eOf(x) : i0eDerivative(n, Math.abs(x)) * (n % 2 === 0 ? 1 : Math.sign(x))),
  [null, (dy, n, x) => mul(dy, i0eKernel(add(n!, 1), x!))],
) as Binary

/** The n-th derivative: I₁ is that of I₀. */
const i1eKernel: Binary = /* @__PURE__ */ elementwise(
  'i1e',
  (n, x) => {
    if (n === 0) return i1eOf(x)
    const size = Math.abs(x)
    return (i0eDerivative(n + 1, size) + i0eDerivative(n, size)) * (n % 2 === 0 ? Math.sign(x) : 1)
  },
  [null, (dy, n, x) => mul(dy, i1eKernel(add(n!, 1), x!))],
) as Binary

/** exp(−|x|)·I₀(x), the modified Bessel function of order 0, scaled. */
export function i0e<A extends Real>(x: A): Join<A> {
  return i0eKernel(0, x) as Join<A>
}

/** exp(−|x|)·I₁(x), the modified Bessel function of order 1, scaled. */
export function i1e<A extends Real>(x: A): Join<A> {
  return i1eKernel(0, x) as Join<A>
}
