import { horner } from './horner.ts'

/** erf(x)/x as a function of x² for |x| ≤ ½, a rational interpolant at Chebyshev nodes. */
const NUMERATOR: readonly number[] = [
  1.1283791670955126, 0.13273781588831823, 0.04003497179909916, 0.001111947160008201, 6.53146755682646e-5,
]
const DENOMINATOR: readonly number[] = [
  1, 0.4509691597993518, 0.08580312323455648, 0.008299086420556764, 0.00035166476084434685,
]

/** erf(x) for |x| ≤ ½. */
export function erfNearZero(x: number): number {
  const t = x * x
  return (x * horner(NUMERATOR, t)) / horner(DENOMINATOR, t)
}
