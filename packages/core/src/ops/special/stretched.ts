import { LARGEST, SMALLEST } from '../../float32.ts'
import { div, mul, neg } from '../arithmetic.ts'
import { and, greater, isInfinite } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import type { Real, Ternary } from '../real.ts'
import { where } from '../where.ts'

/** Where stretches are 1e30: their derivatives in what made them so large are soon beyond float32. */
const FAR = 69

/**
 * scale·e^(t/k), held within the positive normal numbers of float32. What is held does not move, nor is what is
 * stretched by more than 1e30 taken to, so that sums of gradients are not ∞ − ∞.
 */
export const stretched: Ternary = /* @__PURE__ */ elementwise(
  'stretched',
  (scale, t, k) => Math.min(Math.max(scale * Math.exp(t / k), SMALLEST), LARGEST),
  [
    (dy, scale, t, k) => mul(dy, div(moving(scale!, t!, k!), scale!)),
    (dy, scale, t, k) => mul(dy, div(moving(scale!, t!, k!), k!)),
    (dy, scale, t, k) => mul(dy, neg(mul(moving(scale!, t!, k!), div(div(t!, k!), k!)))),
  ],
) as Ternary

/** What moves, 0 in place of the others. */
function moving(scale: Real, t: Real, k: Real): Real {
  const x = stretched(scale, t, k)
  const isFree = and(greater(x, SMALLEST), and(greater(LARGEST, x), greater(FAR, div(t, k))))
  return where(isFree, x, 0)
}

/** `x`, or 0 where it is infinite. */
export function finiteOr0(x: Real): Real {
  return where(isInfinite(x), 0, x)
}
