import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, add, and, exp, less, mul, sub, where, type Real } from '@variate/core/ops'
import type { Distribution } from './distribution.ts'

/** Gauss–Legendre on (0, 1): exact for polynomials of degree 7 (Abramowitz and Stegun 25.4.30). */
const NODES = [0.06943184420297371, 0.33000947820757187, 0.6699905217924281, 0.9305681557970262]
const WEIGHTS = [0.1739274225687269, 0.3260725774312731, 0.3260725774312731, 0.1739274225687269]

/** A difference that is a smaller part than this of what it is taken from has lost digits. */
const SMALL_PART = 1 / 16
/** How far a difference of float32 probabilities may be wrong, as a part of what it is taken from. */
const ROUNDING = 2 ** -20

/**
 * P(−x < X ≤ x), of which `difference` is the value as `from` minus another probability. Where that cancels, the
 * density is integrated: it is smooth there as a rule, and where the integral contradicts the difference by more
 * than rounding can explain, as at a jump of the density, the difference stands.
 */
export function massAround(base: Distribution, x: Tensor, difference: Real, from: Real): Real {
  const cancels = less(difference, mul(SMALL_PART, from))
  const density = (node: number): Real =>
    exp(base.logProb(where(cancels, mul(node, x), base.support.inside([])) as Tensor))
  const ofNodes = NODES.map((node, i) => mul(WEIGHTS[i]!, add(density(node), density(-node))))
  const integral = mul(
    x,
    ofNodes.reduce((sum, part) => add(sum, part)),
  )
  const agrees = less(abs(sub(integral, difference)), mul(ROUNDING, from))
  return where(and(cancels, agrees), integral, difference)
}
