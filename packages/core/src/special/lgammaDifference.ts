import { digamma } from './digamma.ts'
import { lgamma } from './lgamma.ts'
import { polygamma } from './polygamma.ts'
import { stirlingCorrection } from './stirlingCorrection.ts'
import { trigamma } from './trigamma.ts'

/** lgamma(x + d) − lgamma(x) for x > 0 and 0 ≤ d ≤ 1, with an error that is small beside d·(1 + log x). */
export function lgammaDifference(x: number, d: number): number {
  if (x < 1) return lgammaDifference(x + 1, d) - Math.log1p(d / x)
  if (d < 1e-3) {
    return d * (digamma(x) + d * (trigamma(x) / 2 + d * (polygamma(2, x) / 6 + (d * polygamma(3, x)) / 24)))
  }
  if (x < 10) return lgamma(x + d) - lgamma(x)
  const correction = stirlingCorrection(x + d) - stirlingCorrection(x)
  return (x - 0.5) * Math.log1p(d / x) + d * (Math.log(x + d) - 1) + correction
}
