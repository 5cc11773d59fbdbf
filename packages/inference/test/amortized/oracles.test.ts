import '@tensorflow/tfjs-backend-cpu'
import { normal } from '@variate/distributions'
import { matVec } from '@variate/core/ops'
import { importanceWeighted, reparameterization, stickingTheLanding } from '@variate/estimators'
import { conditional, diagonalNormal, fullNormal } from '@variate/families'
import { adam, amortized, bbvi, schedules } from '@variate/inference'
import { mlp, model, positive, real } from '@variate/language'
import { expect, test } from 'vitest'

const NOISE = 0.5
const linear = model('linear').plate('item', 'n', (item) =>
  item.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, NOISE)),
)
const x = [0.3, -1.2, 0.8, 2.1, -0.4, 1.5, 0.1]
const straight = (count = 1) => mlp([count, 4], { output: 'linear' })
/** log p(x) of each example: x is N(0, 1 + s²). */
const evidence = (y: number): number => {
  const variance = 1 + NOISE ** 2
  return -0.5 * (y ** 2 / variance + Math.log(2 * Math.PI * variance))
}
const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length
const decay = (start: number, steps: number) => adam({ rate: schedules.cosineDecay({ start, steps }) })

test('with all examples in each step it is bbvi with a conditional family', async () => {
  const encoder = { z: { from: 'x', network: straight(), family: diagonalNormal() } } as const
  const estimator = reparameterization({ particles: 3 })
  const shared = { estimator, optimizer: adam({ rate: 0.01 }) }
  const fit = await amortized(linear, { ...shared, encoder, kl: 'sampled', epochs: 30 }).fit(
    { x },
    { seed: 4 },
  )
  const other = await bbvi(linear, {
    ...shared,
    family: conditional(encoder),
    steps: 30,
    convergence: false,
  }).fit({ x }, { seed: 4 })
  const { mean: own } = await fit.encode(x)
  expect([...own.z.data]).toEqual([...other.posterior.mean.z.data])
})

test('where posteriors are linear in data the bound is log p(x), and importance sampling has no error', async () => {
  const encoder = { z: { from: 'x', network: straight() } } as const
  const fit = await amortized(linear, {
    encoder,
    estimator: stickingTheLanding({ particles: 2 }),
    kl: 'sampled',
    optimizer: decay(0.03, 1500),
    batch: { item: 3 },
    epochs: 640,
  }).fit({ x }, { seed: 0 })
  const exact = mean(x.map(evidence))
  expect(Math.abs(fit.elbo - exact)).toBeLessThan(1e-3)
  expect(fit.standardError).toBeLessThan(1e-3)
  const fresh = [0.2, -0.9, 1.4]
  const { pointwise, logLikelihood } = await fit.estimateLogLikelihood(fresh, { particles: 1000, seed: 1 })
  fresh.forEach((own, i) => expect(Math.abs(pointwise.data[i]! - evidence(own))).toBeLessThan(2e-3))
  expect(logLikelihood).toBeCloseTo(mean([...pointwise.data]), 12)
  const gaps = await fit.gaps(fresh, { seed: 2, steps: 100 })
  expect(Math.abs(gaps.amortization)).toBeLessThan(1e-3)
  expect(Math.abs(gaps.approximation)).toBeLessThan(1e-3)
})

test('log p(x) is right whatever q is, and gaps tell what q lacks', async () => {
  // A network that tells nothing: q is N(0, 1) for all, and the posterior N(x/(1 + s²), s²/(1 + s²)).
  const encoder = { z: { from: 'x', network: straight() } } as const
  const algorithm = amortized(linear, { encoder, epochs: 1, optimizer: adam({ rate: 1e-9 }) })
  const fit = await algorithm.fit({ x }, { seed: 0 })
  const exact = x.map(evidence)
  const { pointwise, logLikelihood, standardError } = await fit.estimateLogLikelihood(x, {
    particles: 20_000,
    seed: 1,
  })
  exact.forEach((own, i) => expect(Math.abs(pointwise.data[i]! - own)).toBeLessThan(0.1))
  const spread = exact.map((own) => (own - mean(exact)) ** 2)
  expect(Math.abs(standardError - Math.sqrt(mean(spread) / (x.length - 1)))).toBeLessThan(0.05)
  const bounds = []
  for (const particles of [1, 5, 50]) {
    const all = []
    for (let seed = 0; seed < 20; seed++)
      all.push((await fit.estimateLogLikelihood(x, { particles, seed })).logLikelihood)
    const center = mean(all)
    bounds.push({ center, error: Math.sqrt(mean(all.map((own) => (own - center) ** 2)) / 19) })
  }
  const [one, five, fifty] = bounds as [(typeof bounds)[0], (typeof bounds)[0], (typeof bounds)[0]]
  expect(one.center + 3 * one.error).toBeLessThan(five.center - 3 * five.error)
  expect(five.center).toBeLessThan(fifty.center + 3 * (five.error + fifty.error))
  expect(fifty.center).toBeLessThan(mean(exact) + 3 * fifty.error)
  const { elbo, standardError: ofDraws } = await fit.evaluate(x, { seed: 5, draws: 200 })
  expect(Math.abs(elbo - one.center)).toBeLessThan(4 * (ofDraws + one.error))
  const gaps = await fit.gaps(x, { seed: 3, steps: 400 })
  expect(Math.abs(gaps.elbo - elbo)).toBeLessThan(4 * ofDraws + 0.05)
  expect(Math.abs(gaps.refinedElbo - mean(exact))).toBeLessThan(5e-3)
  expect(Math.abs(gaps.logLikelihood - mean(exact))).toBeLessThan(5e-3)
  expect(Math.abs(logLikelihood - mean(exact))).toBeLessThan(0.03)
})

test('a linear autoencoder with normal noise is probabilistic PCA', async () => {
  // Two latents, four numbers; the solution by Tipping and Bishop (1999), equations 7 and 8, is in closed form.
  const rows = Array.from({ length: 24 }, (_, i) => {
    const [a, b] = [2 * Math.sin(3 * i), Math.cos(7 * i + 1)]
    const noise = [Math.sin(17 * i), Math.cos(23 * i), Math.sin(29 * i + 2), Math.cos(31 * i + 1)]
    return [a + b, a - b, 0.5 * a, b].map((own, j) => own + 0.4 * noise[j]!)
  })
  const centered = [0, 1, 2, 3].map((j) => mean(rows.map((row) => row[j]!)))
  const data = rows.map((row) => row.map((own, j) => own - centered[j]!))
  const covariance = [0, 1, 2, 3].map((j) =>
    [0, 1, 2, 3].map((k) => mean(data.map((row) => row[j]! * row[k]!))),
  )
  const { values, vectors } = eigen(covariance)
  const noise = (values[2]! + values[3]!) / 2
  const exact =
    -0.5 * (4 * Math.log(2 * Math.PI) + Math.log(values[0]!) + Math.log(values[1]!) + 2 * Math.log(noise) + 4)

  const pca = model('pca')
    .param('weights', real([4, 2]))
    .param('noise', positive())
    .plate('row', 'n', (row) =>
      row
        .latent('z', normal([0, 0], 1))
        .observed('x', ({ z, weights, noise: scale }) => normal(matVec(weights, z), scale)),
    )
  const encoder = {
    z: { from: 'x', network: mlp([4, 4], { output: 'linear' }), family: fullNormal() },
  } as const
  const fit = await amortized(pca, {
    encoder,
    estimator: stickingTheLanding({ particles: 4 }),
    optimizer: decay(0.03, 2500),
    epochs: 2500,
  }).fit({ x: data }, { seed: 0 })
  const { logLikelihood } = await fit.estimateLogLikelihood(data, { particles: 200, seed: 1 })
  expect(Math.abs(logLikelihood / exact - 1)).toBeLessThan(1e-3)
  expect(Math.abs(fit.params.noise.data[0]! ** 2 / noise - 1)).toBeLessThan(1e-2)
  // The sine of the largest angle between the columns of the weights and the first two eigenvectors, or more.
  const weights = [0, 1].map((k) => [0, 1, 2, 3].map((j) => fit.params.weights.data[2 * j + k]!))
  const outside = orthonormal(weights).map((own) =>
    own.map((y, j) => y - [0, 1].reduce((sum, k) => sum + dot(vectors[k]!, own) * vectors[k]![j]!, 0)),
  )
  expect(Math.hypot(...outside.flat())).toBeLessThan(1e-2)
})

test('a bound of whole weights is climbed as well', async () => {
  const encoder = { z: { from: 'x', network: straight() } } as const
  const estimator = importanceWeighted({ particles: 5 })
  const fit = await amortized(linear, { encoder, estimator, optimizer: decay(0.03, 800), epochs: 800 }).fit(
    { x },
    { seed: 0 },
  )
  const { logLikelihood } = await fit.estimateLogLikelihood(x, { particles: 50, seed: 1 })
  expect(Math.abs(logLikelihood - mean(x.map(evidence)))).toBeLessThan(0.02)
})

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, own, i) => sum + own * b[i]!, 0)

function orthonormal([first, second]: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const unit = (v: readonly number[]) => v.map((own) => own / Math.sqrt(dot(v, v)))
  const a = unit(first!)
  return [a, unit(second!.map((own, i) => own - dot(a, second!) * a[i]!))]
}

/** Eigenvalues, the largest first, and eigenvectors of a symmetric matrix, by Jacobi's rotations. */
function eigen(matrix: readonly (readonly number[])[]) {
  const size = matrix.length
  const a = matrix.map((row) => [...row])
  const v: number[][] = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const angle = 0.5 * Math.atan2(2 * a[p]![q]!, a[q]![q]! - a[p]![p]!)
        const [c, s] = [Math.cos(angle), Math.sin(angle)]
        for (let k = 0; k < size; k++) {
          const [x0, y0] = [a[k]![p]!, a[k]![q]!]
          a[k]![p] = c * x0 - s * y0
          a[k]![q] = s * x0 + c * y0
        }
        for (let k = 0; k < size; k++) {
          const [x0, y0] = [a[p]![k]!, a[q]![k]!]
          a[p]![k] = c * x0 - s * y0
          a[q]![k] = s * x0 + c * y0
          const [u, w] = [v[p]![k]!, v[q]![k]!]
          v[p]![k] = c * u - s * w
          v[q]![k] = s * u + c * w
        }
      }
    }
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!)
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => v[i]!) }
}
