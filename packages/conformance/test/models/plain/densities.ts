import type { Evaluated } from './walk.ts'
import { numbersOf } from './walk.ts'

const LOG_TWO_PI = Math.log(2 * Math.PI)

const factorials = (n: number): number => (n < 2 ? 1 : n * factorials(n - 1))
const choose = (n: number, k: number): number => factorials(n) / factorials(k) / factorials(n - k)
/** x (x + 1) … (x + n − 1). */
export const rising = (x: number, n: number): number => (n === 0 ? 1 : rising(x, n - 1) * (x + n - 1))

type Density = (x: readonly number[], ...parameters: (readonly number[])[]) => number

/** Probabilities and densities as they are in textbooks. */
const LOG_DENSITIES: Readonly<Record<Evaluated['family'], Density>> = {
  bernoulli: ([x], [p]) => Math.log(x === 1 ? p! : 1 - p!),
  bernoulliLogits: ([x], [logit]) => -Math.log1p(Math.exp(x === 1 ? -logit! : logit!)),
  categorical: ([x], probs) => Math.log(probs![x!]!),
  binomial: ([x], [n], [p]) => Math.log(choose(n!, x!) * p! ** x! * (1 - p!) ** (n! - x!)),
  discreteUniform: (_, [low], [high]) => -Math.log(high! - low! + 1),
  betaBinomial: ([x], [a], [b], [n]) =>
    Math.log((choose(n!, x!) * rising(a!, x!) * rising(b!, n! - x!)) / rising(a! + b!, n!)),
  poisson: ([x], [rate]) => Math.log((rate! ** x! * Math.exp(-rate!)) / factorials(x!)),
  normal: (x, loc, scale) =>
    x.reduce((sum, xi, i) => sum + logNormal(xi, loc![i]!, scale![i] ?? scale![0]!), 0),
  multivariateNormal: (x, loc, lower) => {
    // Forward substitution: each row of the triangle settles one standard normal.
    const e: number[] = []
    let log = 0
    for (const [i, xi] of x.entries()) {
      const center = e.reduce((sum, ej, j) => sum + lower![i * x.length + j]! * ej, loc![i]!)
      const scale = lower![i * x.length + i]!
      e.push((xi - center) / scale)
      log += logNormal(xi, center, scale)
    }
    return log
  },
  gamma: ([x], [a], [b]) => a! * Math.log(b!) - logGamma(a!) + (a! - 1) * Math.log(x!) - b! * x!,
  inverseGamma: ([x], [a], [b]) => a! * Math.log(b!) - logGamma(a!) - (a! + 1) * Math.log(x!) - b! / x!,
  beta: ([x], [a], [b]) =>
    (a! - 1) * Math.log(x!) + (b! - 1) * Math.log(1 - x!) + logGamma(a! + b!) - logGamma(a!) - logGamma(b!),
  dirichlet: (x, concentration) =>
    x.reduce(
      (sum, xi, i) => sum + (concentration![i]! - 1) * Math.log(xi) - logGamma(concentration![i]!),
      0,
    ) + logGamma(concentration!.reduce((a, b) => a + b, 0)),
}

/** By Stirling's series, from 12 on to 3e-15: Abramowitz and Stegun (1964), 6.1.41. */
function logGamma(x: number): number {
  if (x < 12) return logGamma(x + 1) - Math.log(x)
  const series = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188]
  const rest = series.reduceRight((sum, term) => sum / x ** 2 + term, 0) / x
  return (x - 0.5) * Math.log(x) - x + LOG_TWO_PI / 2 + rest
}

/** log N(x | loc, scale²), in nats. */
export function logNormal(x: number, loc: number, scale: number): number {
  return -0.5 * (((x - loc) / scale) ** 2 + LOG_TWO_PI) - Math.log(scale)
}

/** log p of the numbers of an event, in nats. */
export function logDensity(x: readonly number[], { family, parameters }: Evaluated): number {
  return LOG_DENSITIES[family](x, ...parameters.map(numbersOf))
}
