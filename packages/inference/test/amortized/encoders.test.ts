import '@tensorflow/tfjs-backend-cpu'
import { add, constant, mul, sum } from '@variate/core/ops'
import { exponential, normal } from '@variate/distributions'
import { stickingTheLanding } from '@variate/estimators'
import { diagonalNormal, fullNormal, fullRank, isotropicNormal, planarFlow } from '@variate/families'
import { adam, amortized, schedules } from '@variate/inference'
import { mlp, model, positive } from '@variate/language'
import { expect, test } from 'vitest'

const NOISE = 0.5
const x = Array.from({ length: 6 }, (_, i) => [Math.sin(3 * i), Math.cos(5 * i)])
const settings = (steps: number) =>
  ({
    estimator: stickingTheLanding({ particles: 4 }),
    kl: 'sampled',
    optimizer: adam({ rate: schedules.cosineDecay({ start: 0.03, steps }) }),
    epochs: steps,
    precision: 'float64',
  }) as const
const network = mlp([2, 6], { output: 'linear' })

test('gaps are found where the model has networks and parameters, which stay as they are', async () => {
  const curve = model('curve')
    .network('decoder', mlp([1, 4, 2], { activation: 'tanh' }))
    .param('noise', positive())
    .plate('item', 'n', (item) =>
      item.latent('z', normal([0], 1)).observed('x', ({ z, decoder, noise }) => normal(decoder(z), noise)),
    )
  const encoder = { z: { from: 'x', network: mlp([2, 6]) } } as const
  const fit = await amortized(curve, { encoder, optimizer: adam({ rate: 0.02 }), epochs: 100 }).fit(
    { x },
    { seed: 0 },
  )
  const gaps = await fit.gaps(x, { seed: 1, steps: 200, particles: 200 })
  const { elbo, standardError } = await fit.evaluate(x, { seed: 2, draws: 200 })
  expect(Math.abs(gaps.elbo - elbo)).toBeLessThan(8 * standardError)
  expect(gaps.amortization).toBeGreaterThan(0)
  expect(gaps.logLikelihood).toBeGreaterThan(gaps.refinedElbo)
})

// x = A z + noise, A = [[2, 1], [1, 1.5]]: the posterior's precision is I + AᵀA/s², the same for all examples.
const pairs = model('pairs').plate('item', 'n', (item) =>
  item
    .latent('z', normal([0, 0], 1))
    .observed('x', ({ z }) => normal(add(mul(z, constant([1, 0.5])), sum(z, -1, true)), NOISE)),
)
const [a, b, d] = [1 + 5 / NOISE ** 2, 3.5 / NOISE ** 2, 1 + 3.25 / NOISE ** 2]
const determinant = a * d - b * b
/** The mean over examples of log N(x; 0, AAᵀ + s²I). */
const evidence = (() => {
  const [e, f, g] = [5 + NOISE ** 2, 3.5, 3.25 + NOISE ** 2]
  const size = e * g - f * f
  const logs = x.map(
    ([u, v]) =>
      -0.5 * ((g * u! * u! - 2 * f * u! * v! + e * v! * v!) / size) -
      0.5 * Math.log(size) -
      Math.log(2 * Math.PI),
  )
  return logs.reduce((sum, own) => sum + own, 0) / logs.length
})()
/** KL between a normal with precisions on the diagonal alone, and the posterior, at the best: ½(log Πλᵢ − log |Λ|). */
const diagonalGap = 0.5 * Math.log((a * d) / determinant)
/** The best precision of all numbers is the mean of the posterior's. */
const isotropicGap = 0.5 * (2 * Math.log((a + d) / 2) - Math.log(determinant))

test.each([
  ['isotropic', isotropicNormal(), isotropicGap],
  ['diagonal', diagonalNormal(), diagonalGap],
  ['full', fullNormal(), 0],
  ['a family of vectors', fullRank(), 0],
])('the bound lacks what the family does, which gaps tell: %s', async (_, family, gap) => {
  const fit = await amortized(pairs, {
    ...settings(2500),
    encoder: { z: { from: 'x', network, family } },
  }).fit({ x }, { seed: 0 })
  expect(Math.abs(fit.elbo - (evidence - gap))).toBeLessThan(4 * fit.standardError + 3e-3)
  const gaps = await fit.gaps(x, { seed: 1, steps: 200, particles: 2000 })
  expect(Math.abs(gaps.amortization)).toBeLessThan(0.01)
  expect(Math.abs(gaps.refinedElbo - (evidence - gap))).toBeLessThan(0.01)
  // Importance sampling errs to below, where the posterior is wider than q. Both are found by draws, of weights that differ by some
  // thousandths where q is the posterior.
  expect(gaps.logLikelihood).toBeGreaterThan(gaps.refinedElbo - 1e-4)
  expect(gaps.logLikelihood).toBeLessThan(evidence + 0.01)
  expect(gaps.approximation).toBe(gaps.logLikelihood - gaps.refinedElbo)
  // A normal that is the posterior has weights that are all alike.
  expect(Math.abs(gaps.approximation)).toBeLessThan(gap === 0 ? 2e-3 : gap + 0.01)
})

test('a flow whose parameters a network gives comes nearer to a skewed posterior than a normal does', async () => {
  // z is exponential, and x normal about it: the posterior of log z is skewed.
  const skewed = model('skewed').plate('item', 'n', (item) =>
    item.latent('z', exponential(1)).observed('x', ({ z }) => normal(z, 1)),
  )
  const data = [-1.5, -0.5, 0, 0.5, 1]
  const fitOf = (family: ReturnType<typeof planarFlow> | ReturnType<typeof diagonalNormal>) =>
    amortized(skewed, { ...settings(2000), encoder: { z: { from: 'x', network: mlp([1, 8]), family } } }).fit(
      { x: data },
      { seed: 0 },
    )
  // log ∫ e⁻ᶻ N(x; z, 1) dz = ½ − x + log Φ(x − 1), of which the normal's cdf is by its integral.
  const exact = data
    .map((own) => 0.5 - own + Math.log(normalCdf(own - 1)))
    .reduce((sum, own) => sum + own / 5, 0)
  const [flow, plain] = [await fitOf(planarFlow({ layers: 4, scale: 1 })), await fitOf(diagonalNormal())]
  for (const fit of [flow, plain]) {
    expect(fit.elbo).toBeLessThan(exact + 4 * fit.standardError)
  }
  const { logLikelihood } = await flow.estimateLogLikelihood(data, { particles: 2000, seed: 1 })
  expect(Math.abs(logLikelihood - exact)).toBeLessThan(5e-3)
  expect(exact - flow.elbo).toBeLessThan(0.2 * (exact - plain.elbo))
  await expect(flow.encode(data)).rejects.toThrow(
    'q of "z" has no moments in closed form: give a seed or a key',
  )
  const { mean } = await flow.encode(data, { seed: 2 })
  // E[z | x] = x − 1 + φ(x − 1)/Φ(x − 1).
  data.forEach((own, i) => {
    const density = Math.exp(-0.5 * (own - 1) ** 2) / Math.sqrt(2 * Math.PI)
    expect(Math.abs(mean.z.data[i]! - (own - 1 + density / normalCdf(own - 1)))).toBeLessThan(0.1)
  })
})

/** By Simpson's rule from −12. */
function normalCdf(end: number): number {
  const [steps, from] = [4000, -12]
  const h = (end - from) / steps
  let total = 0
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
    total += weight * Math.exp(-0.5 * (from + i * h) ** 2)
  }
  return (total * h) / 3 / Math.sqrt(2 * Math.PI)
}
