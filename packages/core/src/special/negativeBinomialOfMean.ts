import { digammaDifference } from './digammaDifference.ts'
import { logNegativeBinomialDensity } from './logNegativeBinomialDensity.ts'
import { polygamma } from './polygamma.ts'
import { factorial } from './trialsDerivative.ts'
import { trigammaDifference } from './trigammaDifference.ts'

/**
 * The log probability of the count k under the negative binomial distribution of a mean and a concentration r, or its
 * derivative of order m in the mean.
 */
export function negativeBinomialOfMean(m: number, k: number, mean: number, r: number): number {
  if (m === 0) return logNegativeBinomialDensity(k, r, Math.log(mean) - Math.log(r))
  const sum = mean + r
  if (m === 1) return ((k - mean) / mean) * (r / sum)
  return factorial(m - 1) * (-1) ** m * ((k + r) * sum ** -m - k * mean ** -m)
}

/** The derivative of order m ≥ 1 in the concentration. */
export function negativeBinomialInConcentration(m: number, k: number, mean: number, r: number): number {
  const sum = mean + r
  const excess = (mean - k) / sum
  if (m === 1) return digammaDifference(r, k) - Math.log1p(mean / r) + excess
  if (m === 2) return trigammaDifference(r, k) + mean / r / sum - excess / sum
  const ofLogs = factorial(m - 2) * (-1) ** m * (r ** (1 - m) - sum ** (1 - m))
  const ofExcess = factorial(m - 1) * (-1) ** (m - 1) * excess * sum ** (1 - m)
  return polygamma(m - 1, r + k) - polygamma(m - 1, r) + ofLogs + ofExcess
}
