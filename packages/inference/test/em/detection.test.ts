import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { abs, add, constant, gather, maximum, mul, reshape, square, stack, sub } from '@variate/core/ops'
import { bernoulli, categorical, halfNormal, normal, poisson, uniform } from '@variate/distributions'
import { model, positive, real, simplex, unitInterval } from '@variate/language'
import { em } from '../../src/em/em.ts'

// What only looks as if it had a closed form. The maxima are by algebra.

const tight = { tolerance: 1e-12, maxIterations: 500 }

test('probabilities on a simplex are no probabilities of their own: 2 of 3 ones and 1 of 3, which sum to 1', async () => {
  const shares = model('m')
    .param('w', simplex(2))
    .plate('i', 'n', (i) => i.input('k').observed('x', ({ w, k }) => bernoulli({ probs: gather(w, k) })))
  const fit = await em(shares).fit({ k: [0, 0, 0, 1, 1, 1], x: [1, 1, 0, 1, 1, 0] }, tight)
  // w and 1 − w: the ones of the first and the zeros of the second are 3 of 6.
  expect(fit.params.w.data[0]).toBeCloseTo(0.5, 5)
  expect(fit.maximization.w).toContain('gradient')
})

test('stretches of a parameter that overlap are no parameters of their own', async () => {
  const pairs = model('m')
    .param('p', unitInterval([3]))
    .plate('i', 'n', (i) =>
      i
        .input('k')
        .observed('x', ({ p, k }) => bernoulli({ probs: stack([gather(p, k), gather(p, add(k, 1))]) })),
    )
  // The number in the middle has 0 of 2 in the first pairs and 2 of 2 in the second.
  const x = [
    [1, 0],
    [0, 0],
    [1, 1],
    [1, 0],
  ]
  const fit = await em(pairs).fit({ k: [0, 0, 1, 1], x }, tight)
  for (const p of fit.params.p.data) expect(p).toBeCloseTo(0.5, 4)
})

test('a scale that locations depend on has no closed form', async () => {
  const tied = model('m')
    .param('s', positive())
    .plate('i', 'n', (i) => i.observed('x', ({ s }) => normal(mul(2, s), s)))
  // −n log s − Σ (x − 2s)²/2s² is largest where s² + 2·mean·s − mean(x²) = 0.
  const fit = await em(tied).fit({ x: [1, 2, 3, 4, 5] }, tight)
  expect(fit.params.s.data[0]).toBeCloseTo(Math.sqrt(20) - 3, 5)
})

test('an absolute value is no affine function: the mean is at its end', async () => {
  const folded = model('m')
    .param('a', real(), { init: -0.4 })
    .plate('i', 'n', (i) => i.observed('x', ({ a }) => normal(abs(a), 1)))
  const fit = await em(folded).fit({ x: [3, 4, 5] }, tight)
  expect(Math.abs(fit.params.a.data[0]!)).toBeCloseTo(4, 5)
})

test('a hinge is found by gradients, and its likelihood never falls', async () => {
  const u = Array.from({ length: 40 }, (_, i) => i / 20)
  const y = u.map((x, i) => 1 + 3 * Math.max(x - 1.2, 0) + 0.05 * Math.sin(17 * i))
  const hinge = model('m')
    .param('b', real())
    .param('w', real(), { init: 1 })
    .param('knot', real(), { init: 0.8 })
    .plate('i', 'n', (i) =>
      i
        .input('u')
        .observed('y', ({ b, w, knot, u: at }) => normal(add(b, mul(w, maximum(sub(at, knot), 0))), 0.1)),
    )
  const fit = await em(hinge).fit({ u, y }, { ...tight, seed: 0 })
  expect(fit.termination.kind).toBe('converged')
  expect(fit.params.knot.data[0]).toBeCloseTo(1.2, 1)
  expect(fit.params.w.data[0]).toBeCloseTo(3, 0)
})

test('a large input beside it does not make logits quadratic', async () => {
  const mixed = model('m')
    .param('slope', real())
    .param('logit', real())
    .plate('i', 'n', (i) =>
      i
        .input('u')
        .observed('y', ({ slope, u }) => normal(mul(slope, u), 1))
        .observed('k', ({ logit }) => bernoulli({ logits: mul(2, logit) })),
    )
  const data = { u: [1e5, 2e5, 3e5, 4e5], y: [1e5, 2e5, 3e5, 4e5], k: [1, 1, 1, 0] }
  const fit = await em(mixed).fit(data, { ...tight, seed: 2 })
  expect(fit.params.logit.data[0]).toBeCloseTo(Math.log(3) / 2, 5)
  expect(fit.params.slope.data[0]).toBeCloseTo(1, 8)
})

test('a latent that is squared is refused wherever its weight begins', async () => {
  const squared = model('m')
    .param('w', real(), { init: 0 })
    .plate('i', 'n', (i) =>
      i.latent('z', normal(0, 1)).observed('x', ({ w, z }) => normal(mul(w, square(z)), 1)),
    )
  await expect(em(squared).fit({ x: [0.5, 1, -0.2] })).rejects.toThrow('not quadratic in "z"')
})

// x ~ normal(mu, √(τ² + 0.01²)).
test.each([0, 1e6])('what is %d away from 0 loses nothing', async (shift) => {
  const x = [-0.02, 0.011, 0.005, 0.03, -0.012, -0.001].map((own) => own + shift)
  const level = model('m')
    .param('mu', real())
    .param('tau', positive())
    .plate('i', 'n', (i) =>
      i.latent('z', ({ mu, tau }) => normal(mu, tau)).observed('x', ({ z }) => normal(z, 0.01)),
    )
  const fit = await em(level).fit({ x }, { tolerance: 1e-9, maxIterations: 3000 })
  const mean = x.reduce((a, b) => a + b, 0) / x.length
  const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length
  expect(fit.params.tau.data[0]! ** 2 + 1e-4).toBeCloseTo(variance, 7)
})

test('a zero-inflated Poisson distribution: combinations that cannot be have no part in slopes', async () => {
  const inflated = model('m')
    .param('rate', positive())
    .param('weights', simplex(2))
    .plate('i', 'n', (i) =>
      i
        .latent('c', ({ weights }) => categorical({ probs: weights }))
        .observed('x', ({ c, rate }) => poisson(mul(gather(constant([0, 1]), c), rate))),
    )
  const x = [0, 0, 0, 0, 0, 3, 2, 4, 1, 3, 0, 2]
  const fit = await em(inflated).fit({ x }, { ...tight, seed: 0, restarts: 2, maxIterations: 2000 })
  // At the maximum the mean is w·rate, and the share of zeros 1 − w + w·exp(−rate).
  const [rate, weight] = [fit.params.rate.data[0]!, fit.params.weights.data[1]!]
  expect(weight * rate).toBeCloseTo(15 / 12, 4)
  expect(1 - weight + weight * Math.exp(-rate)).toBeCloseTo(6 / 12, 4)
})

test('a chain that never goes back: what is 0 stays 0', async () => {
  const onward = model('m')
    .param('stay', unitInterval())
    .plate('state', 2, (k) => k.param('mean', real()))
    .markov('t', 'T', (t) =>
      t
        .latent('z', categorical({ probs: [1, 0] }), ({ stay }, { z }) => {
          const first = stack([reshape(stay, []), reshape(sub(1, stay), [])])
          return categorical({ probs: gather(stack([first, constant([0, 1])]), z) })
        })
        .observed('x', ({ mean, z }) => normal(gather(mean, z), 0.1)),
    )
  const fit = await em(onward).fit({ x: [0, 0.1, -0.1, 0, 5, 5.1, 4.9] }, { ...tight, seed: 1, restarts: 3 })
  // Three of four steps from the first state stay.
  expect(fit.params.stay.data[0]).toBeCloseTo(0.75, 4)
  expect(fit.params.mean.data[0]).toBeCloseTo(0, 6)
})

test('data that are impossible at all starts ask for an init, and with it they are fitted', async () => {
  const window = (options: object) =>
    model('m')
      .param('t', positive(), options)
      .plate('i', 'n', (i) => i.observed('x', ({ t }) => uniform(0, t)))
  await expect(em(window({})).fit({ x: [0.5, 200] })).rejects.toThrow('give parameters an init')
  const fit = await em(window({ init: 300 })).fit({ x: [0.5, 200] }, { maxIterations: 3 })
  expect(fit.logLikelihood).toBeGreaterThanOrEqual(-2 * Math.log(300))
})

test('priors within the domain, and data that are there, are asked for', async () => {
  const level = model('m')
    .param('w', real(), { init: -1 })
    .plate('i', 'n', (i) => i.observed('x', ({ w }) => normal(w, 1)))
  await expect(em(level, { priors: { w: halfNormal(1) } }).fit({ x: [1] })).rejects.toThrow('excludes where')
  await expect(em(level).fit({ x: [null, null] })).rejects.toThrow('all observations are missing')
})

test('a most likely value at the end of a domain ends the run, and is told', async () => {
  const counts = model('m')
    .param('rate', positive())
    .plate('i', 'n', (i) => i.observed('x', ({ rate }) => poisson(rate)))
  const fit = await em(counts).fit({ x: [0, 0, 0] })
  expect(fit.termination).toEqual({
    kind: 'diverged',
    site: 'param "rate": no value of it is most likely, it goes to 0',
    step: 1,
  })
})

test('missing observations leave the closed form as it is, and parameters that are given are in the fit', async () => {
  const line = model('m')
    .param('slope', real())
    .param('scale', positive())
    .plate('i', 'n', (i) => i.input('u').observed('y', ({ slope, scale, u }) => normal(mul(slope, u), scale)))
  const [u, y] = [
    [1, 2, 3, 4],
    [1.1, 1.9, null, 4.2],
  ]
  const fit = await em(line).fit({ u: u!, y: y! }, tight)
  const slope = (1.1 + 3.8 + 16.8) / (1 + 4 + 16)
  expect(fit.params.slope.data[0]).toBeCloseTo(slope, 10)
  const squares = (1.1 - slope) ** 2 + (1.9 - 2 * slope) ** 2 + (4.2 - 4 * slope) ** 2
  expect(fit.params.scale.data[0]).toBeCloseTo(Math.sqrt(squares / 3), 10)
  expect(fit.maximization.scale).toBe('the weighted standard deviation around the location')
  const known = await em(line).fit({ u: u!, y: y!, slope: 1 }, tight)
  expect(known.params.slope.data[0]).toBe(1)
  expect(known.maximization.slope).toBe('given')
})

test('parameters of two sites are maximised over both', async () => {
  const shared = model('m')
    .param('rate', positive())
    .plate('i', 'n', (i) =>
      i.observed('x', ({ rate }) => poisson(rate)).observed('y', ({ rate }) => poisson(mul(2, rate))),
    )
  const fit = await em(shared).fit({ x: [1, 2], y: [3, 6] }, tight)
  expect(fit.params.rate.data[0]).toBeCloseTo(12 / 6, 6)
})
