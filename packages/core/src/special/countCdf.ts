import { betaincOf } from './betainc.ts'
import { countQuantile } from './countQuantile.ts'
import { gammaincc } from './gammainc.ts'
import { ndtri } from './ndtri.ts'

// Distribution functions of counts and their inverses, from the probability of a success itself.

/** P(X ≤ k) among n trials. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0
  if (k >= n || p === 0) return n >= 0 ? 1 : NaN
  return p === 1 ? 0 : betaincOf(n - k, k + 1, 1 - p, p)
}

/** P(X ≤ k) for the successes before r failures. */
export function negativeBinomialCdf(k: number, r: number, p: number): number {
  if (k < 0) return 0
  if (k === Infinity || p === 0) return 1
  return betaincOf(r, k + 1, 1 - p, p)
}

export function poissonCdf(k: number, rate: number): number {
  if (k < 0) return 0
  return k === Infinity || rate === 0 ? 1 : gammaincc(k + 1, rate)
}

export function binomialQuantile(probability: number, n: number, p: number): number {
  const guess = n * p + ndtri(probability) * Math.sqrt(n * p * (1 - p))
  return countQuantile((k) => binomialCdf(k, n, p), probability, guess, n)
}

export function negativeBinomialQuantile(probability: number, r: number, p: number): number {
  const mean = (r * p) / (1 - p)
  const guess = mean + ndtri(probability) * Math.sqrt(mean / (1 - p))
  return countQuantile((k) => negativeBinomialCdf(k, r, p), probability, guess, Infinity)
}

export function poissonQuantile(probability: number, rate: number): number {
  const guess = rate + ndtri(probability) * Math.sqrt(rate)
  return countQuantile((k) => poissonCdf(k, rate), probability, guess, Infinity)
}

/** The least whole k ≥ 0 with 1 − (1 − p)ᵏ⁺¹ ≥ probability. */
export function geometricQuantile(probability: number, p: number): number {
  const failure = Math.log1p(-p)
  const guess = Math.ceil(Math.log1p(-probability) / failure) - 1
  return countQuantile((k) => -Math.expm1((k + 1) * failure), probability, guess, Infinity)
}
