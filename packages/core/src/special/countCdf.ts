import { betaincOf } from './betainc.ts'
import { countQuantile } from './countQuantile.ts'
import { gammaincc } from './gammainc.ts'
import { ndtri } from './ndtri.ts'

// Distribution functions of counts and their inverses. Probabilities of a success, p, and of a failure, q, are both
// given: the smaller one is taken, for what is rounded near 1 has lost digits of its complement.

/** P(X ≤ k) among n trials. */
export function binomialCdf(k: number, n: number, p: number, q: number): number {
  if (k < 0) return 0
  if (k >= n || p === 0) return n >= 0 ? 1 : NaN
  if (q === 0) return 0
  return p < q ? betaincOf(n - k, k + 1, 1 - p, p) : betaincOf(n - k, k + 1, q, 1 - q)
}

/** P(X ≤ k) for the successes before r failures. */
export function negativeBinomialCdf(k: number, r: number, p: number, q: number): number {
  if (k < 0) return 0
  if (k === Infinity || p === 0) return 1
  if (q === 0) return 0
  return p < q ? betaincOf(r, k + 1, 1 - p, p) : betaincOf(r, k + 1, q, 1 - q)
}

export function poissonCdf(k: number, rate: number): number {
  if (k < 0) return 0
  return k === Infinity || rate === 0 ? 1 : gammaincc(k + 1, rate)
}

export function binomialQuantile(probability: number, n: number, p: number, q: number): number {
  const guess = n * p + ndtri(probability) * Math.sqrt(n * p * q)
  return countQuantile((k) => binomialCdf(k, n, p, q), probability, guess, n)
}

export function negativeBinomialQuantile(probability: number, r: number, p: number, q: number): number {
  const mean = (r * p) / q
  const guess = mean + ndtri(probability) * Math.sqrt(mean / q)
  return countQuantile((k) => negativeBinomialCdf(k, r, p, q), probability, guess, Infinity)
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
