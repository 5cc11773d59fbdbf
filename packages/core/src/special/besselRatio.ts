import { i0e } from './i0e.ts'
import { i1e } from './i1e.ts'

/** Above it the asymptotic series of I₁/I₀ (DLMF 10.40.1) has float64's accuracy, where differences lose it. */
const LARGE = 300

/** 1 − A(κ), A = I₁/I₀, for κ ≥ 0: the circular variance of the von Mises distribution. */
export function besselRatioComplement(kappa: number): number {
  if (kappa > LARGE) {
    const t = 1 / kappa
    return t * (1 / 2 + t * (1 / 8 + t * (1 / 8 + t * (25 / 128 + t * (13 / 32 + t * (1073 / 1024))))))
  }
  return (i0e(kappa) - i1e(kappa)) / i0e(kappa)
}

/** A′(κ) = 1 − A/κ − A², A = I₁/I₀, for κ ≥ 0. */
export function besselRatioSlope(kappa: number): number {
  if (kappa > LARGE) {
    const t = 1 / kappa
    return t * t * (1 / 2 + t * (1 / 4 + t * (3 / 8 + t * (25 / 32 + t * (65 / 32 + t * (3219 / 512))))))
  }
  if (kappa < 1e-4) return 0.5 - (3 / 16) * kappa * kappa
  const ratio = i1e(kappa) / i0e(kappa)
  return 1 - ratio / kappa - ratio * ratio
}
