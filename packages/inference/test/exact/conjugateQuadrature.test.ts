import '@tensorflow/tfjs-backend-cpu'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { div, gather, mul, sqrt } from '@variate/core/ops'
import {
  bernoulli,
  beta,
  binomial,
  categorical,
  exponential,
  gamma,
  geometric,
  inverseGamma,
  normal,
  poisson,
  type Distribution,
} from '@variate/distributions'
import { enumeration } from '@variate/inference'
import { model } from '@variate/language'
import type { Tensor } from '@tensorflow/tfjs-core'

// Models of one latent, or two that a discrete one chooses from, of terms that are drawn at random: against the trapezoidal rule
// over a coordinate on the whole line, which converges exponentially for what falls off on both sides.

interface Kind {
  readonly prior: (a: number, b: number) => Distribution
  /** The log density of the prior of the coordinate u, and the latent. */
  readonly logPrior: (u: number, a: number, b: number) => number
  readonly value: (u: number) => number
  readonly terms: readonly Term[]
}

interface Term {
  readonly of: (z: Tensor) => Distribution
  /** Data from a number in [0, 1). */
  readonly data: (x: number) => number
  readonly log: (x: number, z: number) => number
}

const logFactorial = (n: number): number => (n < 2 ? 0 : Math.log(n) + logFactorial(n - 1))
/** Stirling's series after shifts. */
const logGamma = (x: number): number =>
  x < 8
    ? logGamma(x + 1) - Math.log(x)
    : (x - 0.5) * Math.log(x) -
      x +
      0.5 * Math.log(2 * Math.PI) +
      1 / (12 * x) -
      1 / (360 * x ** 3) +
      1 / (1260 * x ** 5) -
      1 / (1680 * x ** 7)

const count = (most: number) => (x: number) => Math.floor(x * most)
const logNormal = (x: number, mean: number, variance: number): number =>
  -0.5 * ((x - mean) ** 2 / variance + Math.log(2 * Math.PI * variance))

const rates: Kind = {
  prior: (a, b) => gamma(a, b),
  logPrior: (u, a, b) => a * Math.log(b) - logGamma(a) + a * u - b * Math.exp(u),
  value: Math.exp,
  terms: [
    { of: (z) => poisson(z), data: count(9), log: (x, z) => x * Math.log(z) - z - logFactorial(x) },
    {
      of: (z) => poisson(mul(z, 2)),
      data: count(9),
      log: (x, z) => x * Math.log(2 * z) - 2 * z - logFactorial(x),
    },
    { of: (z) => exponential(z), data: (x) => 3 * x, log: (x, z) => Math.log(z) - z * x },
    {
      of: (z) => gamma(2.5, z),
      data: (x) => 0.1 + x,
      log: (x, z) => 2.5 * Math.log(z) - logGamma(2.5) + 1.5 * Math.log(x) - z * x,
    },
    { of: (z) => normal(1, div(1, sqrt(z))), data: (x) => 4 * x - 2, log: (x, z) => logNormal(x, 1, 1 / z) },
  ],
}

const variances: Kind = {
  prior: (a, b) => inverseGamma(a, b),
  logPrior: (u, a, b) => a * Math.log(b) - logGamma(a) - a * u - b * Math.exp(-u),
  value: Math.exp,
  terms: [
    { of: (z) => normal(0.5, sqrt(z)), data: (x) => 6 * x - 3, log: (x, z) => logNormal(x, 0.5, z) },
    { of: (z) => normal(0, sqrt(mul(3, z))), data: (x) => 6 * x - 3, log: (x, z) => logNormal(x, 0, 3 * z) },
    { of: (z) => exponential(div(1, z)), data: (x) => 3 * x, log: (x, z) => -Math.log(z) - x / z },
  ],
}

const odds: Kind = {
  prior: (a, b) => beta(a, b),
  logPrior: (u, a, b) =>
    logGamma(a + b) - logGamma(a) - logGamma(b) - a * Math.log1p(Math.exp(-u)) - b * Math.log1p(Math.exp(u)),
  value: (u) => 1 / (1 + Math.exp(-u)),
  terms: [
    { of: (z) => bernoulli({ probs: z }), data: count(2), log: (x, z) => Math.log(x === 1 ? z : 1 - z) },
    { of: (z) => geometric({ probs: z }), data: count(6), log: (x, z) => Math.log(z) + x * Math.log(1 - z) },
    {
      of: (z) => binomial(5, { probs: z }),
      data: count(6),
      log: (x, z) =>
        logFactorial(5) - logFactorial(x) - logFactorial(5 - x) + x * Math.log(z) + (5 - x) * Math.log(1 - z),
    },
  ],
}

/** The logarithm of an integral over the line, and the mean and the variance of a function of what is integrated. */
function quadrature(
  log: (u: number) => number,
  value: (u: number) => number,
): readonly [number, number, number] {
  const [step, far] = [1 / 64, 34]
  const us = Array.from({ length: (2 * far) / step + 1 }, (_, i) => i * step - far)
  const logs = us.map(log)
  const max = Math.max(...logs)
  const weights = logs.map((x) => Math.exp(x - max))
  const total = weights.reduce((a, b) => a + b, 0)
  const mean = us.reduce((sum, u, i) => sum + weights[i]! * value(u), 0) / total
  const variance = us.reduce((sum, u, i) => sum + weights[i]! * (value(u) - mean) ** 2, 0) / total
  return [max + Math.log(total * step), mean, variance]
}

const kinds: readonly (readonly [string, Kind])[] = [
  ['rates and precisions', rates],
  ['variances and means', variances],
  ['probabilities', odds],
]

const arbitrary = fc.record({
  a: fc.double({ min: 2.5, max: 8, noNaN: true }),
  b: fc.double({ min: 1.5, max: 4, noNaN: true }),
  terms: fc.array(fc.tuple(fc.nat(100), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), {
    minLength: 1,
    maxLength: 4,
  }),
})

test.each(kinds)(
  '%s: the evidence and the posterior of any terms are those of quadrature',
  async (_, kind) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ a, b, terms }) => {
        const own = terms.map(([i, x]) => {
          const term = kind.terms[i % kind.terms.length]!
          return { term, x: term.data(x) }
        })
        let made = model('m').latent('z', kind.prior(a, b))
        for (const [i, { term }] of own.entries())
          made = made.observed(`x${i}`, ({ z }) => term.of(z)) as unknown as typeof made
        const data = Object.fromEntries(own.map(({ x }, i) => [`x${i}`, x]))
        const { logEvidence, posterior } = await enumeration(made).fit(data as never)
        const [evidence, mean, variance] = quadrature(
          (u) => own.reduce((sum, { term, x }) => sum + term.log(x, kind.value(u)), kind.logPrior(u, a, b)),
          kind.value,
        )
        expect(logEvidence).toBeCloseTo(evidence, 9)
        expect(posterior.mean.z.data[0]! / mean).toBeCloseTo(1, 8)
        expect(posterior.variance.z.data[0]! / variance).toBeCloseTo(1, 7)
      }),
      { numRuns: 12, seed: 6 },
    )
  },
)

test.each(kinds)('%s: and where a discrete latent chooses between two', async (_, kind) => {
  await fc.assert(
    fc.asyncProperty(arbitrary, async ({ a, b, terms }) => {
      const term = kind.terms[terms[0]![0] % kind.terms.length]!
      const x = terms.slice(0, 3).map(([, at]) => term.data(at))
      const mixture = model('m')
        .plate('k', 2, (k) => k.latent('z', kind.prior(a, b)))
        .plate('i', 'n', (i) =>
          i
            .latent('c', categorical({ probs: [0.3, 0.7] }))
            .observed('x', ({ z, c }) => term.of(gather(z, c))),
        )
      const { logEvidence } = await enumeration(mixture).fit({ x } as never)
      const subset = (own: readonly number[]): number =>
        quadrature(
          (u) => own.reduce((sum, value) => sum + term.log(value, kind.value(u)), kind.logPrior(u, a, b)),
          kind.value,
        )[0]
      let evidence = 0
      for (let bits = 0; bits < 2 ** x.length; bits++) {
        const [first, second] = [0, 1].map((side) => x.filter((__, i) => ((bits >> i) & 1) === side)) as [
          number[],
          number[],
        ]
        const weight = first.length * Math.log(0.3) + second.length * Math.log(0.7)
        evidence += Math.exp(weight + subset(first) + subset(second))
      }
      expect(logEvidence).toBeCloseTo(Math.log(evidence), 9)
    }),
    { numRuns: 5, seed: 6 },
  )
})
