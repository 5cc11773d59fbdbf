import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { add, gather, mul, reshape } from '@variate/core/ops'
import { bernoulli, categorical, gamma, normal, poisson } from '@variate/distributions'
import { dense, model, positive, real, simplex, unitInterval } from '@variate/language'
import { em } from '../../src/em/em.ts'

const oracles = JSON.parse(readFileSync(new URL('oracles/em.json', import.meta.url), 'utf8'))

const poissonMixture = model('poisson mixture')
  .param('weights', simplex(2))
  .plate('component', 2, (k) => k.param('rate', positive()))
  .plate('count', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
  )

/** Deaths of women of 80 and more by day, in The Times of London of 1910 to 1912: on how many days there were so many. */
const DEATHS = [162, 267, 271, 185, 111, 61, 27, 8, 3, 1]

// Hasselblad, “Estimation of finite mixtures of distributions from the exponential family” (1969), table 3; more digits are in
// Lange, Numerical Analysis for Statisticians (2010), section 13.5.
test('a Poisson mixture of the deaths in The Times: Hasselblad 1969', { timeout: 90_000 }, async () => {
  const x = DEATHS.flatMap((days, deaths) => Array<number>(days).fill(deaths))
  const fit = await em(poissonMixture).fit({ x }, { seed: 0, tolerance: 1e-12, maxIterations: 5000 })
  const order = fit.params.rate.data[0]! < fit.params.rate.data[1]! ? [0, 1] : [1, 0]
  expect(fit.params.weights.data[order[0]!]).toBeCloseTo(0.3599, 3)
  expect(fit.params.rate.data[order[0]!]).toBeCloseTo(1.2561, 3)
  expect(fit.params.rate.data[order[1]!]).toBeCloseTo(2.6634, 3)
  expect(fit.logLikelihood).toBeCloseTo(-1989.946, 2)
  expect(fit.termination.kind).toBe('converged')
  expect(fit.maximization.rate).toContain('weighted maximum likelihood of the poisson')
})

// Stouffer and Toby, “Role conflict and personality” (1951), as in Goodman (1974): how many have each pattern of answers.
const ROLES = [42, 23, 6, 25, 6, 24, 7, 38, 1, 4, 1, 6, 2, 9, 2, 20]

// poLCA (Linzer and Lewis, Journal of Statistical Software 42:10, 2011), section 5.1: two classes of these data.
test('latent classes of the role conflicts of Stouffer and Toby: poLCA', async () => {
  const classes = model('latent classes')
    .param('shares', simplex(2))
    .plate('class', 2, (k) => k.param('particular', unitInterval([4])))
    .plate('person', 'n', (i) =>
      i
        .latent('c', ({ shares }) => categorical({ probs: shares }))
        .observed('answers', ({ particular, c }) => bernoulli({ probs: gather(particular, c) })),
    )
  const answers = ROLES.flatMap((people, pattern) =>
    Array<number[]>(people).fill([8, 4, 2, 1].map((bit) => ((pattern & bit) > 0 ? 1 : 0))),
  )
  const fit = await em(classes).fit({ answers }, { seed: 0, restarts: 3, tolerance: 1e-11 })
  expect(fit.logLikelihood).toBeCloseTo(-504.4677, 4)
  expect([...fit.params.shares.data].toSorted()[0]).toBeCloseTo(0.2792, 3)
  expect(fit.maximization.particular).toContain('weighted maximum likelihood of the bernoulli')
})

test('a mixture of regressions: EM by hand in numpy, step by step', async () => {
  const { u, y, start, history, coefficients, scale, weights } = oracles.regressions
  const mixture = model('mixture of regressions')
    .param('weights', simplex(2), { init: start.weights })
    .param('scale', positive(), { init: start.scale })
    .plate('line', 2, (k) =>
      k
        .param('intercept', real(), { init: start.coefficients.map((row: number[]) => row[0]) })
        .param('slope', real(), { init: start.coefficients.map((row: number[]) => row[1]) }),
    )
    .plate('point', 'n', (i) =>
      i
        .input('u')
        .latent('c', ({ weights: shares }) => categorical({ probs: shares }))
        .observed('y', ({ intercept, slope, scale: sd, c, u: at }) =>
          normal(add(gather(intercept, c), mul(gather(slope, c), at)), sd),
        ),
    )
  const fit = await em(mixture).fit({ u, y }, { tolerance: 0, maxIterations: history.length - 1 })
  for (const [i, { logLikelihood }] of fit.history.entries())
    expect(logLikelihood).toBeCloseTo(history[i + 1], 8)
  const longer = await em(mixture).fit({ u, y }, { tolerance: 0, maxIterations: history.length })
  expect(longer.params.intercept.data[0]).toBeCloseTo(coefficients[0][0], 8)
  expect(longer.params.slope.data[1]).toBeCloseTo(coefficients[1][1], 8)
  expect(longer.params.scale.data[0]).toBeCloseTo(scale, 8)
  expect(longer.params.weights.data[0]).toBeCloseTo(weights[0], 8)
  expect(longer.maximization).toEqual({
    weights: 'weighted maximum likelihood of the categorical distribution of "c"',
    intercept: 'weighted least squares',
    slope: 'weighted least squares',
    scale: 'the weighted standard deviation around the location',
  })
})

test('a mixture of gamma distributions, which has no closed form: the likelihood maximised by scipy', async () => {
  const { x, logLikelihood, concentration } = oracles.gammas
  const mixture = model('gamma mixture')
    .param('weights', simplex(2))
    .plate('component', 2, (k) => k.param('concentration', positive()).param('rate', positive()))
    .plate('point', 'n', (i) =>
      i
        .latent('c', ({ weights }) => categorical({ probs: weights }))
        .observed('x', ({ concentration: shape, rate, c }) => gamma(gather(shape, c), gather(rate, c))),
    )
  const fit = await em(mixture).fit({ x }, { seed: 0, restarts: 3, tolerance: 1e-11, maxIterations: 3000 })
  expect(fit.logLikelihood).toBeCloseTo(logLikelihood, 5)
  const found = [...fit.params.concentration.data].toSorted((a, b) => a - b)
  for (const [i, own] of [...concentration].toSorted((a, b) => a - b).entries())
    expect(found[i]! / own).toBeCloseTo(1, 3)
  expect(fit.maximization.rate).toContain('gradient')
})

// The posterior mode of a Poisson rate is (Σ r x + a − 1) / (Σ r + b).
test('priors make it maximum a posteriori: one component against the closed form', async () => {
  const counts = model('counts')
    .param('rate', positive())
    .plate('count', 'n', (i) => i.observed('x', ({ rate }) => poisson(rate)))
  const x = [3, 1, 4, 1, 5]
  const fit = await em(counts, { priors: { rate: gamma(3, 2) } }).fit({ x }, { tolerance: 1e-13 })
  expect(fit.params.rate.data[0]).toBeCloseTo((14 + 2) / (5 + 2), 6)
  const rate = fit.params.rate.data[0]!
  expect(fit.logPrior).toBeCloseTo(Math.log((2 ** 3 / 2) * rate ** 2 * Math.exp(-2 * rate)), 10)
})

test('what is given is known: only the other parameters are fitted', async () => {
  const fit = await em(poissonMixture).fit(
    { x: [1, 0, 2, 11, 9, 1, 13, 0], weights: [0.5, 0.5] },
    { seed: 1, tolerance: 1e-12 },
  )
  expect(fit.maximization.weights).toBe('given')
  expect([...fit.params.weights.data]).toEqual([0.5, 0.5])
  const again = await em(poissonMixture).fit(
    { x: [1, 0, 2, 11, 9, 1, 13, 0], weights: new NdArray(Float64Array.of(0.5, 0.5), [2]) },
    { seed: 1, tolerance: 1e-12 },
  )
  expect(again.logLikelihood).toBe(fit.logLikelihood)
})

// A dense layer without an activation is a line: its maximum likelihood is least squares.
test('networks are fitted by gradients: a dense layer is the line of least squares', async () => {
  const [u, y] = [
    [-2, -1, 0, 1, 2, 3],
    [-4.2, -1.5, 0.3, 2.8, 4.1, 7.2],
  ]
  const line = model('line')
    .network('f', dense(1, 1))
    .param('scale', positive())
    .plate('point', 'n', (i) =>
      i.input('u').observed('y', ({ f, u: at, scale }) => normal(reshape(f(reshape(at, [1])), []), scale)),
    )
  const fit = await em(line).fit({ u: u!, y: y! }, { seed: 0, tolerance: 1e-13, maxIterations: 200 })
  const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length
  const [mu, my] = [mean(u!), mean(y!)]
  const slope = mean(u!.map((x, i) => (x - mu) * (y![i]! - my))) / mean(u!.map((x) => (x - mu) ** 2))
  const variance = mean(u!.map((x, i) => (y![i]! - my - slope * (x - mu)) ** 2))
  expect(fit.params.scale.data[0]! ** 2).toBeCloseTo(variance, 6)
  expect(fit.logLikelihood).toBeCloseTo(-3 * (Math.log(2 * Math.PI * variance) + 1), 6)
  expect(fit.maximization).toEqual({
    scale: 'the weighted standard deviation around the location',
    f: 'gradient ascent (L-BFGS)',
  })
})
