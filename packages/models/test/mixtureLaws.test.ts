import { describe, expect, test } from 'vitest'
import { FormatError, key, ndarray, random } from '@variate/core'
import { oldFaithful } from '@variate/data'
import {
  gaussianMixture,
  type Covariance,
  type GaussianMixtureFit,
  type MixtureFitOptions,
  type MixtureProgress,
} from '@variate/models'
import { largestDifference } from '@variate/testing'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']
const x = oldFaithful()
const rows = x.toNested() as number[][]

/** What a fit is, functions aside. */
const content = (fit: GaussianMixtureFit) => fit.toJSON()

describe.each(FORMS)('a mixture with %s covariance', (covariance) => {
  const model = gaussianMixture({ components: 3, covariance })

  test('is the same for the same seed, and starts elsewhere for another', async () => {
    const options: MixtureFitOptions = { restarts: 4, init: 'random', seed: 11, maxIterations: 5 }
    const first = await model.fit(x, options)
    expect(content(await model.fit(x, options))).toEqual(content(first))
    expect((await model.fit(x, { ...options, seed: 12 })).logLikelihood).not.toBe(first.logLikelihood)
  })

  test('is the same from a key as from its seed', async () => {
    const bySeed = await model.fit(x, { seed: 5, maxIterations: 3 })
    expect(content(await model.fit(x, { key: key(5), maxIterations: 3 }))).toEqual(content(bySeed))
  })

  test('does not depend on the order in which its starting components are given', async () => {
    // No observation is as near to one of these as to another: a tie goes to the lower number.
    const means = [
      [3.6, 79],
      [1.8, 54],
      [4.313, 74.7],
    ]
    const weights = [0.2, 0.3, 0.5]
    const fit = await model.fit(x, { init: { means, weights }, maxIterations: 20, tolerance: 0 })
    const permuted = { means: [means[2]!, means[0]!, means[1]!], weights: [0.5, 0.2, 0.3] }
    const other = await model.fit(x, { init: permuted, maxIterations: 20, tolerance: 0 })
    expect(largestDifference(other.means.data, fit.means.data)).toBeLessThan(1e-11)
    expect(largestDifference(other.weights.data, fit.weights.data)).toBeLessThan(1e-11)
    expect(largestDifference(other.covariances.data, fit.covariances.data)).toBeLessThan(1e-11)
    expect(other.predict(x).data).toEqual(fit.predict(x).data)
  })

  test('does not depend on the order of the observations', async () => {
    const init = { means: [rows[0]!, rows[1]!, rows[30]!] }
    const order = random.permutation(key(0), rows.length).data
    const shuffled = Array.from(order, (i) => rows[i]!)
    const fit = await model.fit(x, { init, maxIterations: 10, tolerance: 0 })
    const other = await model.fit(shuffled, { init, maxIterations: 10, tolerance: 0 })
    expect(largestDifference(other.means.data, fit.means.data)).toBeLessThan(1e-10)
  })

  test('counts an observation of weight 3 as three observations, and one of weight 0 not at all', async () => {
    const weights = rows.map((_, i) => i % 4)
    const repeated = rows.flatMap((row, i) => Array.from({ length: i % 4 }, () => row))
    const init = { means: [rows[1]!, rows[2]!, rows[30]!], weights: [0.3, 0.3, 0.4] }
    const weighted = await model.fit(x, { init, weights, maxIterations: 15, tolerance: 0 })
    const plain = await model.fit(repeated, { init, maxIterations: 15, tolerance: 0 })
    expect(weighted.observations).toBe(repeated.length)
    expect(Math.abs(weighted.logLikelihood / plain.logLikelihood - 1)).toBeLessThan(1e-12)
    expect(Math.abs(weighted.icl / plain.icl - 1)).toBeLessThan(1e-12)
    expect(largestDifference(weighted.means.data, plain.means.data)).toBeLessThan(1e-10)
  })

  test('goes on from a checkpoint exactly as if it had never stopped', async () => {
    const saved: Uint8Array[] = []
    const options: MixtureFitOptions = {
      restarts: 3,
      init: 'k-means++',
      maxIterations: 25,
      tolerance: 1e-9,
      seed: 2,
    }
    const checkpoint = { every: 7, save: (bytes: Uint8Array) => void saved.push(bytes.slice()) }
    const whole = await model.fit(x, { ...options, checkpoint })
    expect(saved.length).toBeGreaterThan(2)
    for (const resume of saved)
      expect(content(await model.fit(x, { ...options, resume }))).toEqual(content(whole))
  })

  test('survives JSON', async () => {
    const fit = await model.fit(x, { maxIterations: 30 })
    const back = model.fromJSON(JSON.parse(JSON.stringify(fit)))
    expect(content(back)).toEqual(content(fit))
    expect(back.predict(x).data).toEqual(fit.predict(x).data)
    expect(back.logProb(x).data).toEqual(fit.logProb(x).data)
    expect(back.summary()).toBe(fit.summary())
  })

  test('goes on from a fitted mixture, which is a start like any other', async () => {
    const fit = await model.fit(x, { tolerance: 1e-12, restarts: 3 })
    const again = await model.fit(x, { init: fit, tolerance: 1e-12 })
    expect(again.iterations).toBeLessThan(5)
    expect(again.logLikelihood).toBeCloseTo(fit.logLikelihood, 7)
  })

  test('reads plain data, nested rows and typed rows alike', async () => {
    const options = { maxIterations: 5 }
    const fit = content(await model.fit(x, options))
    expect(content(await model.fit(rows, options))).toEqual(fit)
    expect(
      content(
        await model.fit(
          rows.map((row) => Float64Array.from(row)),
          options,
        ),
      ),
    ).toEqual(fit)
    expect(content(await model.fit(ndarray(x.data.slice(), [272, 2]), options))).toEqual(fit)
  })

  test('leaves the data as they were', async () => {
    const before = x.data.slice()
    await model.fit(x, { restarts: 2, maxIterations: 10 })
    expect(x.data).toEqual(before)
  })
})

test('a checkpoint made with other options is refused by name; limits may be moved', async () => {
  const saved: Uint8Array[] = []
  const checkpoint = { every: 3, save: (bytes: Uint8Array) => void saved.push(bytes) }
  const options: MixtureFitOptions = { restarts: 2, maxIterations: 6, tolerance: 0, seed: 1 }
  const two = gaussianMixture({ components: 2 })
  await two.fit(x, { ...options, checkpoint })
  const resume = saved[0]!
  const again = (changed: MixtureFitOptions) => two.fit(x, { ...options, resume, ...changed })
  await expect(again({ seed: 2 })).rejects.toThrow('the checkpoint was made with key [0,1], not [0,2]')
  await expect(again({ init: 'random' })).rejects.toThrow('made with init "default", not "random"')
  await expect(again({ regularization: 0.1 })).rejects.toThrow('made with regularization 0, not 0.1')
  await expect(again({ convergence: 'parameters' })).rejects.toThrow('made with convergence')
  const withPrior = gaussianMixture({ components: 2, prior: {} })
  await expect(withPrior.fit(x, { ...options, resume })).rejects.toThrow('made with prior null, not {}')
  const longer = { ...options, maxIterations: 9, restarts: 3 }
  expect(content(await two.fit(x, { ...longer, resume }))).toEqual(content(await two.fit(x, longer)))
})

test('progress that fails, and a checkpoint that cannot be saved, end the fit with their error', async () => {
  const two = gaussianMixture({ components: 2 })
  const failing = async () => {
    throw new Error('no one is listening')
  }
  await expect(two.fit(x, { onProgress: failing })).rejects.toThrow('no one is listening')
  const save = async () => {
    throw new Error('disk full')
  }
  await expect(
    two.fit(x, { tolerance: 0, maxIterations: 30, checkpoint: { every: 5, save } }),
  ).rejects.toThrow('disk full')
})

test('progress counts runs and iterations', async () => {
  const seen: string[] = []
  const onProgress = ({ restart, restarts, iteration, maxIterations }: MixtureProgress) => {
    seen.push(`${restart}/${restarts} ${iteration}/${maxIterations}`)
  }
  await gaussianMixture({ components: 2 }).fit(x, { restarts: 2, maxIterations: 2, tolerance: 0, onProgress })
  expect(seen).toEqual(['0/2 1/2', '0/2 2/2', '1/2 1/2', '1/2 2/2'])
})

test('convergence by parameters ends when they move no more than the tolerance', async () => {
  const two = gaussianMixture({ components: 2 })
  const fit = await two.fit(x, { convergence: 'parameters', tolerance: 1e-5, init: 'random' })
  const moves = fit.history.map(({ distance }) => distance)
  expect(moves.at(-1)).toBeLessThanOrEqual(1e-5)
  expect(Math.min(...moves.slice(0, -1))).toBeGreaterThan(1e-5)
  const byLikelihood = await two.fit(x, { tolerance: 1e-5, init: 'random' })
  expect(byLikelihood.iterations).toBeLessThan(fit.iterations)
})

test('an empty component of a fit is a start like any other', async () => {
  const init = {
    means: [
      [2, 54],
      [4.3, 80],
      [100, 900],
    ],
    weights: [0.4, 0.6, 0],
    covariances: [
      [
        [0.1, 0],
        [0, 30],
      ],
      [
        [0.1, 0],
        [0, 30],
      ],
      [
        [0.1, 0],
        [0, 30],
      ],
    ],
  }
  const fit = await gaussianMixture({ components: 3 }).fit(x, { init })
  expect(fit.termination.kind).toBe('converged')
  expect(fit.weights.at(2)).toBe(0)
  expect(fit.covariances.at(2, 1, 1)).toBe(30)
  expect(fit.logLikelihood).toBeCloseTo(-1130.264, 2)
  const again = await gaussianMixture({ components: 3 }).fit(x, { init: fit })
  expect(again.logLikelihood).toBeCloseTo(fit.logLikelihood, 4)
})

test('a density is made from parameters of one’s own', () => {
  const standard = gaussianMixture({ components: 1, covariance: 'diagonal' })
  const density = standard.density({ means: [[0, 0]], weights: [1], covariances: [[1, 4]] })
  // log N(0 | 0, 1) + log N(2 | 0, sd 2)
  expect(density.logProb([[0, 2]]).at(0)).toBeCloseTo(-Math.log(2 * Math.PI) - Math.log(2) - 0.5, 14)
  expect(() => standard.density({ means: [[0, 0]], weights: [1], covariances: [[1, -4]] })).toThrow(
    'density: covariances must be > 0',
  )
})

test('a checkpoint cut short, of another model or of other data is refused', async () => {
  const saved: Uint8Array[] = []
  const checkpoint = { every: 3, save: (bytes: Uint8Array) => void saved.push(bytes) }
  const two = gaussianMixture({ components: 2 })
  await two.fit(x, { checkpoint, maxIterations: 5, tolerance: 0 })
  const resume = saved[0]!
  await expect(two.fit(x, { resume: resume.subarray(0, resume.length - 9) })).rejects.toThrow(FormatError)
  await expect(two.fit(x, { resume: resume.subarray(0, 5) })).rejects.toThrow(FormatError)
  await expect(gaussianMixture({ components: 3 }).fit(x, { resume })).rejects.toThrow(
    'another model or of other data',
  )
  await expect(two.fit(rows.slice(0, 200), { resume })).rejects.toThrow('another model or of other data')
})
