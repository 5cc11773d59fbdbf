import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, exp, log1p, maximum, minimum, mul, sub, type Real } from '@variate/core/ops'
import { logMinusDigamma, weightedMean } from '@variate/core/internal'
import { logDispersion, logMinusDigammaSlope } from './gammaConcentration.ts'

const STEPS = 6

/**
 * The most likely concentrations of a beta distribution for weighted observations x, y = 1 − x, by Newton's method for
 * the logarithm of their sum n and the mean's distance from the observations' mean. In these the equations
 * ψ(a) − ψ(n) = Σ w·log x and ψ(b) − ψ(n) = Σ w·log y do not cancel however large n is.
 */
export function betaConcentrations(
  x: Tensor,
  y: Tensor,
  w: Tensor,
): { readonly concentration1: Real; readonly concentration0: Real } {
  const mean1 = weightedMean(x, w)
  const mean0 = weightedMean(y, w)
  const s1 = logDispersion(x, mean1, w)
  const s0 = logDispersion(y, mean0, w)
  let n: Real = div(0.5, add(mul(mean1, s1), mul(mean0, s0)))
  let shift: Real = 0
  for (let i = 0; i < STEPS; i++) {
    const m1: Real = add(mean1, shift)
    const m0: Real = sub(mean0, shift)
    const a: Real = mul(n, m1)
    const b: Real = mul(n, m0)
    const slopeA: Real = logMinusDigammaSlope(a)
    const slopeB: Real = logMinusDigammaSlope(b)
    const ofSum: Real = mul(n, logMinusDigammaSlope(n))
    const gap1 = gapOf(s1, div(shift, mean1), a, n)
    const gap0 = gapOf(s0, div(mul(shift, -1), mean0), b, n)
    const inShift1: Real = sub(div(1, m1), mul(n, slopeA))
    const inShift0: Real = sub(mul(n, slopeB), div(1, m0))
    const inSize1: Real = sub(ofSum, mul(slopeA, a))
    const inSize0: Real = sub(ofSum, mul(slopeB, b))
    const determinant: Real = sub(mul(inShift1, inSize0), mul(inSize1, inShift0))
    const stepShift: Real = div(sub(mul(gap1, inSize0), mul(inSize1, gap0)), determinant)
    const stepSize: Real = div(sub(mul(inShift1, gap0), mul(inShift0, gap1)), determinant)
    shift = sub(shift, minimum<Real, Real>(maximum<Real, Real>(stepShift, div(m0, -2)), div(m1, 2)))
    n = mul(n, exp(minimum(maximum(mul(stepSize, -1), -2), 2)))
  }
  return { concentration1: mul(n, add(mean1, shift)), concentration0: mul(n, sub(mean0, shift)) }
}

/** Σ w·log x − (ψ(a) − ψ(n)), with its terms of order log 1 taken out, negated. */
function gapOf(dispersion: Real, relativeShift: Real, a: Real, n: Real): Real {
  return add(add(dispersion, log1p(relativeShift)), sub(logMinusDigamma(n, n), logMinusDigamma(a, a)))
}
