import { expectationOfCounts } from './expectationOfCounts.ts'
import { logGammaDensity } from './logGammaDensity.ts'

/** From this rate on, the series in 1/rate is exact to a double. */
const LARGE_RATE = 3000
/** H − ½ log(2πe·rate) = Σ cⱼ·rate⁻ʲ (Evans, Boersma, Blachman and Jagers 1988, "The entropy of a Poisson distribution"). */
const SERIES = [-1 / 12, -1 / 24, -19 / 360]

/**
 * The entropy of the Poisson distribution (nats), or its derivative of order m in the rate.
 *
 * For m ≥ 1 it is the expectation of the m-th difference of log k!, less the derivative of rate·log(rate) − rate.
 */
export function poissonEntropy(m: number, rate: number): number {
  if (rate === 0) return m === 0 ? 0 : m % 2 === 1 ? Infinity : -Infinity
  if (!(rate > 0 && rate < Infinity)) return rate === Infinity && m === 0 ? Infinity : NaN
  if (rate > LARGE_RATE) return largePoissonEntropy(m, rate)
  const mean = expectationOfCounts(differenceOfLogFactorial(m, rate), Math.floor(rate), (k) => rate / (k + 1))
  return mean + curvatureOfEntropyPower(m, rate)
}

function largePoissonEntropy(m: number, rate: number): number {
  if (m === 0)
    return (
      0.5 * Math.log(2 * Math.PI * Math.E * rate) +
      SERIES.reduce((sum, c, j) => sum + c * rate ** -(j + 1), 0)
    )
  let total = -0.5 * risingFactorial(0, m) * (-rate) ** -m
  SERIES.forEach((c, j) => (total += c * risingFactorial(j + 1, m) * (-1) ** m * rate ** (-j - 1 - m)))
  return total
}

/** s·(s + 1)⋯(s + m − 1); (m − 1)! for s = 0, as differentiating a logarithm asks for. */
function risingFactorial(s: number, m: number): number {
  let product = 1
  for (let i = s === 0 ? 1 : 0; i < m; i++) product *= s + i
  return product
}

/**
 * E[−log P(k)] for k ~ binomial(n, p) and the Poisson probability P of the same mean n·p, or its derivative of order m
 * in p. The entropy of a multinomial distribution is its sum over the categories, less the −log P(n) of a Poisson
 * distribution of mean n.
 */
export function binomialSurprise(m: number, n: number, p: number): number {
  if (!(n >= 0 && n < Infinity && p >= 0 && p <= 1)) return NaN
  if (n < m) return n === 0 ? 0 : n * curvatureOfEntropyPower(m, p)
  const mean = n * p
  if (mean === 0) return m === 0 || n === 0 ? 0 : m % 2 === 1 ? Infinity : -Infinity
  const trials = n - m
  let falling = 1
  for (let i = 0; i < m; i++) falling *= n - i
  const f = m === 1 ? (k: number) => Math.log((k + 1) / mean) : differenceOfLogFactorial(m, mean)
  if (p === 1) return falling * f(trials) + n * curvatureOfEntropyPower(m, p)
  const odds = p / (1 - p)
  const mode = Math.min(trials, Math.floor((trials + 1) * p))
  return (
    falling * expectationOfCounts(f, mode, (k) => ((trials - k) / (k + 1)) * odds) +
    n * curvatureOfEntropyPower(m, p)
  )
}

/** −log P(k) for m = 0, log((k + 1)/mean) for m = 1, else the m-th difference of log k!. */
function differenceOfLogFactorial(m: number, mean: number): (k: number) => number {
  if (m === 0) return (k) => -logGammaDensity(k + 1, mean)
  if (m === 1) return (k) => Math.log((k + 1) / mean)
  return (k) => {
    let sum = 0
    let binomial = 1
    for (let j = m - 1; j >= 0; j--) {
      sum += binomial * Math.log(k + 1 + j)
      binomial *= -j / (m - j)
    }
    return sum
  }
}

/** The derivative of order m ≥ 2 of x − x·log x; 0 below, where the terms above include it. */
function curvatureOfEntropyPower(m: number, x: number): number {
  return m < 2 ? 0 : -risingFactorial(0, m - 1) * (-1) ** m * x ** (1 - m)
}
