import { integralOverScales } from './integralOverScales.ts'
import { factorial } from './trialsDerivative.ts'

/** Beyond this mean, a share of the trials has the same entropy but for the logarithm of its root. */
const LARGE = 1e6

/**
 * The entropy of the Poisson distribution (nats), or its derivative of order m in the rate: that of a binomial
 * distribution of 2²⁰⁰ trials.
 */
export function poissonEntropy(m: number, rate: number): number {
  const trials = 2 ** 200
  return rate === Infinity && m === 0 ? rate : binomialSurprise(m, trials, rate / trials) / trials ** m
}

/**
 * E[−log P(k)] for k ~ binomial(n, p) and the Poisson probability P of the same mean n·p, or its derivative of order m
 * in p. The entropy of a multinomial distribution is its sum over the categories, less the −log P(n) of a Poisson
 * distribution of mean n.
 */
export function binomialSurprise(m: number, n: number, p: number): number {
  if (!(n >= 0 && n < Infinity && p >= 0 && p <= 1)) return NaN
  if (n === 0 || (m === 0 && p === 0)) return 0
  const share = Math.max(1, (n * p) / LARGE)
  const trials = n / share
  const mean = trials * p
  const derivative = (_: number, w: number): number => {
    const log = Math.log1p(-p * w)
    if (m === 0) return (mean + Math.expm1(trials * log) / w) * (1 - w)
    if (m === 1) return -trials * Math.expm1((trials - 1) * log) * (1 - w)
    let falling = -trials
    for (let i = 1; i < m; i++) falling *= (i - trials) * w
    return falling * Math.exp((trials - m) * log) * (1 - w)
  }
  const ofLogFactorial = integralOverScales(derivative, 1e-9 / Math.max(1, mean) ** 2, 1)
  if (m === 0) return ofLogFactorial + mean - mean * Math.log(mean) + 0.5 * Math.log(share)
  return ofLogFactorial + trials * (m === 1 ? -Math.log(mean) : factorial(m - 2) * (-p) ** (1 - m))
}
