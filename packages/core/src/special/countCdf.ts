import { betaincOf, betaincOfOdds } from './betainc.ts'
import { countQuantile } from './countQuantile.ts'
import { gammaincc } from './gammainc.ts'
import { ndtri } from './ndtri.ts'

/**
 * P(X ≤ k) among n trials, by the probabilities of a success, p, and of a failure, q: the smaller one is taken, for what is
 * rounded near 1 has lost digits of its complement.
 */
export function binomialCdf(k: number, n: number, p: number, q: number): number {
  if (k < 0) return 0
  if (k >= n || p === 0) return n >= 0 ? 1 : NaN
  if (q === 0) return 0
  return p < q ? betaincOf(n - k, k + 1, 1 - p, p) : betaincOf(n - k, k + 1, q, 1 - q)
}

export function poissonCdf(k: number, rate: number): number {
  if (k < 0) return 0
  return k === Infinity || rate === 0 ? 1 : gammaincc(k + 1, rate)
}

export function binomialQuantile(probability: number, n: number, p: number, q: number): number {
  const guess = normalQuantile(probability, n * p, n * p * q, q - p)
  return countQuantile((k) => binomialCdf(k, n, p, q), probability, guess, n)
}

/** By the odds of a success. */
export function negativeBinomialQuantile(probability: number, r: number, odds: number): number {
  const guess = normalQuantile(probability, r * odds, r * odds * (1 + odds), 1 + 2 * odds)
  return countQuantile((k) => betaincOfOdds(r, k + 1, 1, odds), probability, guess, Infinity)
}

export function poissonQuantile(probability: number, rate: number): number {
  return countQuantile(
    (k) => poissonCdf(k, rate),
    probability,
    normalQuantile(probability, rate, rate, 1),
    Infinity,
  )
}

/** To the first order in the skewness (Cornish and Fisher 1938), given as the third cumulant over the variance. */
function normalQuantile(probability: number, mean: number, variance: number, asymmetry: number): number {
  const z = ndtri(probability)
  return mean + z * Math.sqrt(variance) + (asymmetry * (z * z - 1)) / 6
}
