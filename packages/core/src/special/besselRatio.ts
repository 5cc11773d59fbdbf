import { i0e } from './i0e.ts'
import { i0eDerivative } from './i0eDerivative.ts'

// With y = exp(−κ)·I₀(κ): y′/y = A − 1, and of y″/y − (y′/y)², ¾/κ² − ¼/κ² for large κ, little cancels.

/** 1 − A(κ), A = I₁/I₀, for κ ≥ 0: the circular variance of the von Mises distribution. */
export function besselRatioComplement(kappa: number): number {
  return -i0eDerivative(1, kappa) / i0e(kappa)
}

/** A′(κ), A = I₁/I₀, for κ ≥ 0. */
export function besselRatioSlope(kappa: number): number {
  return i0eDerivative(2, kappa) / i0e(kappa) - besselRatioComplement(kappa) ** 2
}
