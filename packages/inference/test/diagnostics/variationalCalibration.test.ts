import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import { key, NdArray, random } from '@variate/core'
import { gather } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import {
  adam,
  bbvi,
  compare,
  enumeration,
  importanceSampling,
  variationalCalibration,
} from '@variate/inference'
import { model, type Data } from '@variate/language'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const points = model('points')
  .latent('mu', normal(0, 1))
  .plate('point', 3, (i) => i.observed('x', ({ mu }) => normal(mu, 1)))

/** The posterior of the mean, in closed form: normal((x₁ + x₂ + x₃) / 4, 1/2); moved and stretched. */
const stretched = (shift: number, factor: number) => ({
  fit: async ({ x }: { readonly x: Data }) => {
    const center = (x as NdArray<Float64Array>).data.reduce((a, b) => a + b, 0) / 4
    return {
      posterior: {
        sample: async (count: number, { seed }: { readonly seed: number }) => {
          const z = random.normal(key(seed), [count], { dtype: 'float64' }).data
          return {
            mu: new NdArray(
              z.map((own) => center + shift + 0.5 * factor * own),
              [count],
            ),
          }
        },
      },
    }
  },
})

// At this level one test in ten thousand fails by chance.
const options = { simulations: 300, draws: 200, level: 1e-4, seed: 0 }

test('exact posteriors by enumeration are calibrated, of continuous and discrete latents, in the order of the declarations', async () => {
  const mixture = model('mixture')
    .latent('c', bernoulli({ probs: 0.3 }))
    .plate('component', 2, (k) => k.latent('mu', normal(0, 2)))
    .plate('point', 'n', (i) => i.observed('x', ({ mu, c }) => normal(gather(mu, c), 1)))
  const fits: number[] = []
  const got = await variationalCalibration(mixture, enumeration(mixture), {
    ...options,
    simulations: 20,
    sizes: { n: 2 },
    onProgress: (count) => fits.push(count),
  })
  expectTypeOf(got.rows[0]!.site).toEqualTypeOf<'c' | 'mu'>()
  expect(got.rows.map(({ site, element }) => `${site}${element}`)).toEqual(['c', 'mu0', 'mu1'])
  expect(got.warnings).toEqual([])
  expect(fits).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  for (const { probabilities, spread } of got.rows) {
    expect(probabilities).toHaveLength(20)
    expect(probabilities.every((p) => p > 0 && p < 1)).toBe(true)
    expect(Math.abs(spread)).toBeLessThan(4)
  }
})

test('exact posteriors in closed form are calibrated', async () => {
  const { warnings, rows } = await variationalCalibration(points, stretched(0, 1), options)
  expect(warnings).toEqual([])
  expect(rows[0]!.asymmetryPValue).toBeGreaterThan(1e-4)
})

describe('posteriors that are off are told of, in words', () => {
  test.each([
    [-0.3, 1, 'too low', 'the true values are above it more often than below'],
    [0.3, 1, 'too high', 'the true values are below it more often than above'],
    [0, 0.5, 'too narrow', 'the true values are in its tails too often'],
    [0, 2, 'too wide', 'the true values are in its middle too often'],
  ])('shifted by %f and stretched by %f they are %s', async (shift, factor, found, words) => {
    const got = await variationalCalibration(points, stretched(shift, factor), options)
    expect(got.rows[0]!.found).toEqual([found])
    const verb = shift === 0 ? 'is' : 'lies'
    expect(got.warnings).toEqual([`mu: the posterior ${verb} ${found}: ${words}`])
    expect(String(got)).toContain(got.warnings[0])
    expect(String(got).split('\n')[0]).toBe('site  mean of p  asymmetry  its p-value  spread (z)  found')
  })
})

test('something is said of posteriors that are right as seldom as the level says', async () => {
  let count = 0
  for (let seed = 0; seed < 100; seed++) {
    const few = { simulations: 12, draws: 30, level: 0.2, seed }
    const { warnings } = await variationalCalibration(points, stretched(0, 1), few)
    if (warnings.length > 0) count++
  }
  // At most binomial of 100 with 0.2, whose quantile at 1 − 10⁻⁴ is 36, by scipy.stats.binom.
  expect(count).toBeLessThanOrEqual(36)
})

test('weighted posteriors can be calibrated as well, and the same seed gives the same', async () => {
  const algorithm = importanceSampling(points, { particles: 500 })
  const few = { ...options, simulations: 40, draws: 100 }
  const [a, b] = [
    await variationalCalibration(points, algorithm, few),
    await variationalCalibration(points, algorithm, few),
  ]
  expect(a.warnings).toEqual([])
  expect(a.rows).toEqual(b.rows)
})

test('variational fits are taken as they are, by calibration and by comparison', async () => {
  const algorithm = bbvi(points, { steps: 300, optimizer: adam({ rate: 0.05 }) })
  const { rows, warnings } = await variationalCalibration(points, algorithm, {
    ...options,
    simulations: 5,
    draws: 100,
  })
  expect(rows[0]!.probabilities).toHaveLength(5)
  expect(warnings).toEqual([])
  const fit = await algorithm.fit({ x: [0, 1, 2] }, { seed: 0 })
  const { by, rows: ranked } = compare({ variational: fit, other: { elbo: -100 } })
  expect(by).toBe('elbo')
  expect(ranked[0]).toMatchObject({ name: 'variational', score: fit.elbo, standardError: fit.standardError })
})

test('what cannot be calibrated is told of', async () => {
  const calibrated = (own: object) =>
    variationalCalibration(points, stretched(0, 1), { ...options, ...own } as never)
  await expect(calibrated({ simulations: 1 })).rejects.toThrow('simulations must be a whole number ≥ 2')
  await expect(calibrated({ draws: 0 })).rejects.toThrow('draws must be a whole number ≥ 1')
  await expect(calibrated({ level: 1 })).rejects.toThrow('level must be between 0 and 1, got 1')
  await expect(calibrated({ seed: undefined })).rejects.toThrow('a seed or a key')
  const none = model('none').observed('x', normal(0, 1))
  await expect(variationalCalibration(none, enumeration(none), options)).rejects.toThrow(
    'there are no latents',
  )
  const other = { fit: async () => ({ posterior: { sample: async () => ({}) } }) }
  // @ts-expect-error Property 'mu' is missing
  await expect(variationalCalibration(points, other, options)).rejects.toThrow('no draws of site "mu"')
})
