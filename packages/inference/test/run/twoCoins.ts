import type { LatentVariableModel } from '@variate/inference'

/** The two coins' biases. */
export interface Biases {
  readonly a: number
  readonly b: number
}

/** Expected heads and tosses of each coin. */
export interface Tosses {
  readonly a: { heads: number; tosses: number }
  readonly b: { heads: number; tosses: number }
}

/**
 * Five times one of two coins is taken, with equal chance, and tossed ten times; which coin it was is not
 * known. The example of Do & Batzoglou, "What is the expectation maximization algorithm?", Nature
 * Biotechnology 26 (2008), figure 1b. (The binomial coefficients, which do not depend on θ, are left out.)
 */
export const HEADS: readonly number[] = [5, 9, 8, 4, 7]
const TOSSES = 10

export const twoCoins: LatentVariableModel<Biases, Tosses> = {
  initialize: () => ({ a: 0.6, b: 0.5 }),
  expectation({ a, b }) {
    const statistics = { a: { heads: 0, tosses: 0 }, b: { heads: 0, tosses: 0 } }
    let logLikelihood = 0
    for (const heads of HEADS) {
      const [pa, pb] = [likelihood(a, heads) / 2, likelihood(b, heads) / 2]
      const r = pa / (pa + pb)
      logLikelihood += Math.log(pa + pb)
      statistics.a.heads += r * heads
      statistics.a.tosses += r * TOSSES
      statistics.b.heads += (1 - r) * heads
      statistics.b.tosses += (1 - r) * TOSSES
    }
    return { statistics, logLikelihood, weight: HEADS.length }
  },
  maximization: ({ a, b }) => ({ a: a.heads / a.tosses, b: b.heads / b.tosses }),
  expectedLogJoint: (statistics, { a, b }) =>
    HEADS.length * Math.log(0.5) + logLikelihoodOf(statistics.a, a) + logLikelihoodOf(statistics.b, b),
  distance: (before, after) => Math.max(Math.abs(before.a - after.a), Math.abs(before.b - after.b)),
}

function likelihood(bias: number, heads: number): number {
  return bias ** heads * (1 - bias) ** (TOSSES - heads)
}

function logLikelihoodOf({ heads, tosses }: { heads: number; tosses: number }, bias: number): number {
  return heads * Math.log(bias) + (tosses - heads) * Math.log(1 - bias)
}
