import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { add, cast, constant, matVec, mul, stack, sum } from '@variate/core/ops'
import { bernoulli, gamma, normal, poisson } from '@variate/distributions'
import { vimco } from '@variate/estimators'
import { adam, amortized, type AnnealedLogLikelihood } from '@variate/inference'
import { guide, mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

const method = 'annealedImportanceSampling'
const mean = (of: ArrayLike<number>): number => Array.from(of).reduce((a, b) => a + b, 0) / of.length
const errorOf = (of: readonly number[]): number =>
  Math.sqrt(mean(of.map((own) => (own - mean(of)) ** 2)) / (of.length - 1))
/** q is what the network begins with: it tells little, and lies far from the posterior. */
const untrained = { epochs: 1, optimizer: adam({ rate: 1e-9 }) }

const NOISE = 0.05
const WEIGHTS = [[1, 0.5], [0.3, -1], [-0.7, 0.2]] // prettier-ignore
const linear = model('linear').plate('item', 'n', (item) =>
  item.latent('z', normal([0, 0], 1)).observed('x', ({ z }) => normal(matVec(constant(WEIGHTS), z), NOISE)),
)
const encoder = { z: { from: 'x', network: mlp([3, 2]) } } as const
const rows = [[2.1, 0.4, -1.3], [-0.6, -2.2, 0.9], [0.1, 0.2, 0], [1.5, 2.4, -1.6], [-2, 0.3, 1.5]] // prettier-ignore
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, own, i) => sum + own * b[i]!, 0)

/** log p(x): x is N(0, W·Wᵀ + s²·I), whose determinant and inverse are by those of M = Wᵀ·W + s²·I. */
function evidence(x: readonly number[]): number {
  const [first, second] = [0, 1].map((k) => WEIGHTS.map((row) => row[k]!)) as [number[], number[]]
  const [a, b, d] = [dot(first, first) + NOISE ** 2, dot(first, second), dot(second, second) + NOISE ** 2]
  const determinant = a * d - b * b
  const [u, v] = [dot(first, x), dot(second, x)]
  const squares = (dot(x, x) - (d * u * u - 2 * b * u * v + a * v * v) / determinant) / NOISE ** 2
  return -0.5 * (squares + Math.log(determinant) + Math.log(NOISE ** 2) + 3 * Math.log(2 * Math.PI))
}

/** Estimates of p(x), as shares of p(x), of 8 seeds and all examples: their mean is 1. */
async function sharesOf(
  estimate: (seed: number) => Promise<AnnealedLogLikelihood>,
  exact: readonly number[],
): Promise<readonly number[]> {
  const shares: number[] = []
  for (let seed = 0; seed < 8; seed++) {
    const { pointwise, acceptance } = await estimate(seed)
    shares.push(...Array.from(pointwise.data, (own, i) => Math.exp(own - exact[i]!)))
    for (const accepted of acceptance) expect(accepted).toBeGreaterThan(0.3)
  }
  return shares
}

test('p(x) has the mean that is known in closed form, which as many draws of a q that is far from the posterior do not come to', async () => {
  const before = memory().numTensors
  const fit = await amortized(linear, { encoder, ...untrained }).fit({ x: rows }, { seed: 0 })
  const exact = rows.map(evidence)
  const shares = await sharesOf(
    (seed) => fit.estimateLogLikelihood(rows, { method, temperatures: 120, seed }),
    exact,
  )
  expect(Math.abs(mean(shares) - 1)).toBeLessThan(3 * errorOf(shares))
  expect(errorOf(shares)).toBeLessThan(0.06)
  const drawn = await fit.estimateLogLikelihood(rows, { particles: 16, seed: 1 })
  expect(drawn.logLikelihood).toBeLessThan(mean(exact) - 5)
  expect(memory().numTensors).toBe(before)
})

test('examples of the model have log p(x) between both ways, which come together with more steps', async () => {
  const before = memory().numTensors
  const fit = await amortized(linear, { encoder, ...untrained }).fit({ x: rows }, { seed: 0 })
  const gaps: number[] = []
  for (const temperatures of [40, 160]) {
    const bracket = await fit.bracketLogLikelihood(32, { seed: 3, temperatures, particles: 4 })
    const exact = bracket.examples['x']!.toNested<number[][]>().map(evidence)
    const { lower, upper } = bracket.pointwise
    const below = exact.map((own, i) => own - lower.data[i]!)
    const above = exact.map((own, i) => upper.data[i]! - own)
    expect(mean(below)).toBeGreaterThan(-3 * errorOf(below))
    expect(mean(above)).toBeGreaterThan(-3 * errorOf(above))
    expect(bracket.gap).toBeCloseTo(mean(below) + mean(above), 10)
    gaps.push(bracket.gap)
  }
  expect(gaps[0]).toBeGreaterThan(0.5)
  expect(gaps[1]).toBeLessThan(gaps[0]! / 3)
  expect(memory().numTensors).toBe(before)
})

test('of a small autoencoder of bits it is what very many draws of its q come to', async () => {
  const bits = Array.from({ length: 16 }, (_, i) =>
    Array.from({ length: 6 }, (__, j) => (i % 2 === (j < 3 ? 0 : 1) ? 1 : 0) ^ (j === i % 6 ? 1 : 0)),
  )
  const vae = model('vae')
    .network('decoder', mlp([2, 8, 6]))
    .plate('image', 'n', (image) =>
      image
        .latent('z', normal([0, 0], 1))
        .observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
    )
  const q = { z: { from: 'x', network: mlp([6, 8], { output: 'relu' }) } } as const
  const optimizer = adam({ rate: 0.02 })
  const fit = await amortized(vae, { encoder: q, epochs: 200, optimizer }).fit({ x: bits }, { seed: 0 })
  const drawn = await fit.estimateLogLikelihood(bits, { particles: 5000, seed: 1 })
  const annealing = { method, particles: 64, temperatures: 100 } as const
  const annealed = await fit.estimateLogLikelihood(bits, { ...annealing, seed: 2 })
  expect(Math.abs(annealed.logLikelihood - drawn.logLikelihood)).toBeLessThan(0.02)
})

test('latents above 0, by a guide, with what is known of each example, are annealed as well', async () => {
  // The gamma-Poisson formula; the rate of an example is its own, and counts of exposure 1 or 2 are known.
  const counts = model('counts').plate('item', 'n', (item) =>
    item
      .input('exposure')
      .latent('rate', gamma(3, 0.5))
      .observed('x', ({ rate, exposure }) => poisson(mul(exposure, rate))),
  )
  const q = guide(counts)
    .network('shape', mlp([2, 1], { output: 'softplus' }))
    .plate('item', 'n', (item) =>
      item.latent('rate', ({ x, exposure, shape }) =>
        gamma(add(1, sum(shape(stack([cast(x, 'float32'), cast(exposure, 'float32')])))), 1),
      ),
    )
  const [x, exposure] = [[14, 3, 0, 30], [1, 2, 2, 1]] // prettier-ignore
  const fit = await amortized(counts, { guide: q, ...untrained }).fit({ x, exposure }, { seed: 0 })
  const logFactorial = (n: number): number => (n < 2 ? 0 : Math.log(n) + logFactorial(n - 1))
  const evidenceOf = (own: number, i: number): number => {
    const t = exposure[i]!
    const ofRate = 3 * Math.log(0.5) - logFactorial(2) + logFactorial(2 + own) - (3 + own) * Math.log(0.5 + t)
    return own * Math.log(t) - logFactorial(own) + ofRate
  }
  const exact = x.map(evidenceOf)
  const annealing = { method, temperatures: 100 } as const
  const shares = await sharesOf(
    (seed) => fit.estimateLogLikelihood({ x, exposure }, { ...annealing, seed }),
    exact,
  )
  expect(Math.abs(mean(shares) - 1)).toBeLessThan(3 * errorOf(shares))
  expect(errorOf(shares)).toBeLessThan(0.06)

  const given = { exposure: new NdArray(Float64Array.from(exposure), [4]) }
  const bracket = await fit.bracketLogLikelihood(4, { given, temperatures: 100, seed: 2 })
  const made = mean(Array.from(bracket.examples['x']!.data).map(evidenceOf))
  expect(Math.abs(bracket.lower - made)).toBeLessThan(0.1)
  expect(Math.abs(bracket.upper - made)).toBeLessThan(0.1)
})

test('what it cannot do is told of', async () => {
  const discrete = model('discrete').plate('item', 'n', (item) =>
    item.latent('c', bernoulli({ probs: 0.5 })).observed('x', ({ c }) => normal(c, 1)),
  )
  const estimator = vimco({ particles: 2 })
  const own = { c: { from: 'x', network: mlp([1, 2]) } } as const
  const fit = await amortized(discrete, { encoder: own, estimator, epochs: 1 }).fit(
    { x: [1, 2] },
    { seed: 0 },
  )
  await expect(fit.estimateLogLikelihood([1, 2], { method, seed: 0 })).rejects.toThrow(
    'site "c" (plate "item") is discrete',
  )
  const other = await amortized(linear, { encoder, ...untrained }).fit({ x: rows }, { seed: 0 })
  await expect(other.estimateLogLikelihood(rows, { method: 'ais' as never, seed: 0 })).rejects.toThrow(
    "estimateLogLikelihood: method must be 'importanceSampling' or 'annealedImportanceSampling', got \"ais\"",
  )
  await expect(
    other.estimateLogLikelihood(rows, { method, temperatures: [0, 0.5], seed: 0 }),
  ).rejects.toThrow('temperatures must rise from 0 to 1')
  await expect(other.bracketLogLikelihood(0, { seed: 0 })).rejects.toThrow(
    'count must be a whole number ≥ 1, got 0',
  )
})
