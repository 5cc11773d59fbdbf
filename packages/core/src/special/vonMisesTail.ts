import { exp } from './exp.ts'
import { NODES, WEIGHTS } from './gaussLegendre.ts'
import { besselRatioComplement, besselRatioSlope } from './besselRatio.ts'

/** ∫ f(t)·exp(κ·(cos t − cos x)) dt from x to π for f = 1, c and c² − A′(κ), c = cos t − A(κ), A = I₁/I₀. */
export interface VonMisesTail {
  value: number
  first: number
  second: number
}

const tail: VonMisesTail = { value: 0, first: 0, second: 0 }

/**
 * The upper tail of the von Mises distribution over its density at x, 0 ≤ x ≤ π, and the first and second derivative
 * of the tail in κ over the same. The record is overwritten by the next call.
 *
 * Gauss–Legendre quadrature. With z = 2·sin(t/2) the exponent is −κ·z²/2; it is integrated until it has fallen by 38
 * below its value at x.
 */
export function vonMisesTail(x: number, kappa: number): VonMisesTail {
  const start = 2 * Math.sin(0.5 * x)
  const furthest = Math.sqrt(start * start + 76 / kappa)
  const end = furthest < 2 ? 2 * Math.asin(0.5 * furthest) : Math.PI
  const width = end - x
  const complement = besselRatioComplement(kappa)
  const slope = besselRatioSlope(kappa)
  let [sum, first, second] = [0, 0, 0]
  for (let i = 0; i < NODES.length; i++) {
    // sin²(t/2) − sin²(x/2) = sin((t + x)/2)·sin((t − x)/2)
    const half = 0.5 * width * NODES[i]!
    const weight = WEIGHTS[i]! * exp(-2 * kappa * Math.sin(x + half) * Math.sin(half))
    const sine = Math.sin(0.5 * x + half)
    const c = complement - 2 * sine * sine
    sum += weight
    first += weight * c
    second += weight * (c * c - slope)
  }
  tail.value = width * sum
  tail.first = width * first
  tail.second = width * second
  return tail
}
