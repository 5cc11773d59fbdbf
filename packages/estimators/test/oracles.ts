import { PRIOR } from './problems.ts'

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const logNormal = (x: number, loc: number, scale: number): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)

interface Outcome {
  readonly z: number
  readonly probability: number
  readonly score: number
  readonly cost: number
}

/** The two values of a Bernoulli latent: probability, score in its log odds, and log p − log q. */
export function outcomes(x: number, m: number, logOdds: number): readonly Outcome[] {
  const q = sigmoid(logOdds)
  return [0, 1].map((z) => {
    const probability = z === 1 ? q : 1 - q
    const logP = Math.log(z === 1 ? PRIOR : 1 - PRIOR) + logNormal(x, m * (2 * z - 1), 1)
    return { z, probability, score: z - q, cost: logP - Math.log(probability) }
  })
}

/** The gradient of the bound: in the log odds, and in m. */
export function signGradient(
  x: number,
  m: number,
  logOdds: number,
): { readonly z: number; readonly m: number } {
  const all = outcomes(x, m, logOdds)
  const mean = (f: (of: (typeof all)[number]) => number): number =>
    all.reduce((total, of) => total + of.probability * f(of), 0)
  return {
    z: mean(({ score, cost }) => score * cost),
    m: mean(({ z }) => (x - m * (2 * z - 1)) * (2 * z - 1)),
  }
}

/** Mean and variance of the score function's gradient, over all draws of all particles, with costs less a baseline. */
export function overAllDraws(
  x: number,
  m: number,
  logOdds: number,
  particles: number,
  baseline: (costs: readonly number[], at: number) => number,
): { readonly mean: number; readonly variance: number } {
  const all = outcomes(x, m, logOdds)
  let [first, second] = [0, 0]
  for (let code = 0; code < 2 ** particles; code++) {
    const draws = Array.from({ length: particles }, (_, at) => all[(code >> at) & 1]!)
    const costs = draws.map(({ cost }) => cost)
    const probability = draws.reduce((product, of) => product * of.probability, 1)
    const gradient =
      draws.reduce((total, { score, cost }, at) => total + score * (cost - baseline(costs, at)), 0) /
      particles
    first += probability * gradient
    second += probability * gradient ** 2
  }
  return { mean: first, variance: second - first ** 2 }
}

/** The bound of the mixed model, by the trapezoid rule in z and closed forms else. */
export function mixedBound(x: number, q: Readonly<Record<string, number>>): number {
  const { loc, logScale, a, b, d, e, s } = q as Record<
    'loc' | 'logScale' | 'a' | 'b' | 'd' | 'e' | 's',
    number
  >
  const scale = Math.exp(logScale)
  const points = 2001
  let total = 0
  for (let i = 0; i < points; i++) {
    const z = loc + scale * (-9 + (18 * i) / (points - 1))
    const density = Math.exp(logNormal(z, loc, scale))
    let inner = logNormal(z, 0, 1) - logNormal(z, loc, scale)
    for (const c of [0, 1]) {
      const probability = c === 1 ? sigmoid(a + b * z) : sigmoid(-a - b * z)
      const prior = c === 1 ? sigmoid(z) : sigmoid(-z)
      const center = d + e * c
      const variance = Math.exp(2 * s)
      // E log N(u; 2c − 1, 1) + E log N(x; u + c, 1) + entropy of u.
      const ofU =
        logNormal(center, 2 * c - 1, 1) +
        logNormal(x, center + c, 1) -
        variance +
        s +
        0.5 * Math.log(2 * Math.PI * Math.E)
      inner += probability * (Math.log(prior) - Math.log(probability) + ofU)
    }
    total += density * inner
  }
  return (total * 18 * scale) / (points - 1)
}
