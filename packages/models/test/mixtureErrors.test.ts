import { describe, expect, test } from 'vitest'
import { DomainError, ShapeError } from '@variate/core'
import { oldFaithful } from '@variate/data'
import {
  gaussianMixture,
  selectMixture,
  type GaussianMixtureOptions,
  type MixtureFitOptions,
} from '@variate/models'

const rows = oldFaithful().toNested() as number[][]
const model = gaussianMixture({ components: 2 })
const fit = (x: unknown, options?: unknown) => model.fit(x as number[][], options as MixtureFitOptions)
const replaced = (i: number, row: unknown[]) => rows.map((other, j) => (j === i ? row : other))

describe('bad data are refused with what, where and the value', () => {
  test.each([
    ['NaN', replaced(3, [2, NaN]), 'x must be finite, got NaN at row 3, column 1'],
    ['+Infinity', replaced(0, [Infinity, 1]), 'got Infinity at row 0, column 0'],
    ['-Infinity', replaced(9, [1, -Infinity]), 'got -Infinity at row 9, column 1'],
    ['text', replaced(5, [1, 'two']), 'must hold numbers, got "two" at row 5, column 1'],
    ['null', replaced(5, [1, null]), 'must hold numbers, got null at row 5, column 1'],
  ])('%s', async (_name, x, message) => {
    await expect(fit(x)).rejects.toThrow(DomainError)
    await expect(fit(x)).rejects.toThrow(message)
  })

  test('ragged rows', async () => {
    await expect(fit(replaced(7, [1]))).rejects.toThrow(ShapeError)
    await expect(fit(replaced(7, [1]))).rejects.toThrow('row 0 has 2 columns, row 7 has 1')
  })

  test('no data, or data of one axis', async () => {
    await expect(fit([])).rejects.toThrow('x is empty')
    await expect(fit([[], []])).rejects.toThrow('x is empty')
    await expect(fit([1, 2, 3])).rejects.toThrow('must have two axes')
  })

  test('fewer observations than components', async () => {
    await expect(fit([[1, 2]])).rejects.toThrow('2 components need at least as many observations, got 1')
    const weights = rows.map((_, i) => (i === 0 ? 1 : 0))
    await expect(fit(rows, { weights })).rejects.toThrow('observations of positive weight, got 1')
  })

  test('all observations equal', async () => {
    const x = Array.from({ length: 10 }, () => [1, 2])
    await expect(fit(x)).rejects.toThrow('all observations are equal')
    const floored = await fit(x, { regularization: 0.1 })
    expect(floored.termination.kind).toBe('converged')
    expect(floored.means.toNested()).toEqual([
      [1, 2],
      [1, 2],
    ])
  })

  test('a constant column', async () => {
    const x = rows.map(([eruption]) => [eruption!, 0.1])
    await expect(fit(x)).rejects.toThrow('column 1 is constant')
    expect((await fit(x, { regularization: 1e-3 })).covariances.at(0, 1, 1)).toBeCloseTo(1e-3, 10)
  })

  test('columns that depend on each other', async () => {
    const x = rows.map(([eruption]) => [eruption!, 2 * eruption! + 1])
    await expect(fit(x)).rejects.toThrow('its columns depend on each other linearly')
    expect((await fit(x, { regularization: 1e-3 })).termination.kind).toBe('converged')
  })

  test('numbers whose variance overflows', async () => {
    await expect(fit(rows.map(([a, b]) => [a!, b! * 1e160]))).rejects.toThrow(
      'the variance of column 1 overflows',
    )
  })

  test('duplicate observations are data like any other', async () => {
    const once = await fit(rows, { tolerance: 1e-10 })
    const twice = await fit([...rows, ...rows], { tolerance: 1e-10 })
    expect(twice.logLikelihood).toBeCloseTo(2 * once.logLikelihood, 6)
  })
})

describe('bad options are refused by name', () => {
  test.each([
    [{ components: 0 }, 'components must be a whole number ≥ 1, got 0'],
    [{ components: -1 }, 'got -1'],
    [{ components: 2.5 }, 'got 2.5'],
    [{ components: NaN }, 'got NaN'],
    [
      { components: 2, covariance: 'diag' },
      'covariance must be one of full, tied, diagonal, spherical, got diag',
    ],
  ])('%#: $1', (options, message) => {
    expect(() => gaussianMixture(options as GaussianMixtureOptions)).toThrow(DomainError)
    expect(() => gaussianMixture(options as GaussianMixtureOptions)).toThrow(message)
  })

  test.each([
    [{ weights: rows.map((_, i) => (i === 4 ? -1 : 1)) }, 'weights must be ≥ 0, got -1 at [4]'],
    [{ weights: rows.map(() => 0) }, 'weights are all 0'],
    [{ weights: [1, 2] }, 'weights must have length 272, got 2'],
    [{ weights: rows.map(() => NaN) }, 'weights must be finite, got NaN at [0]'],
    [{ restarts: 0 }, 'restarts must be a whole number ≥ 1, got 0'],
    [{ maxIterations: 1.5 }, 'maxIterations must be a whole number ≥ 1, got 1.5'],
    [{ tolerance: -1 }, 'tolerance must be finite and ≥ 0, got -1'],
    [{ tolerance: NaN }, 'tolerance must be finite and ≥ 0, got NaN'],
    [{ regularization: -1 }, 'regularization must be finite and ≥ 0, got -1'],
    [{ convergence: 'likelihood' }, "convergence must be 'logLikelihood' or 'parameters', got likelihood"],
    [{ init: 'kmeans' }, "init must be 'k-means', 'k-means++', 'random' or an object, got kmeans"],
    [{ init: { means: [[1, 2]] } }, 'init.means must have shape [2,2], got [1,2]'],
    [{ init: {} }, 'init must have means or responsibilities'],
    [
      {
        init: {
          means: [
            [1, 2],
            [3, 4],
          ],
          weights: [-1, 1],
        },
      },
      'init.weights must be ≥ 0, got -1 at [0]',
    ],
    [
      {
        init: {
          means: [
            [1, 2],
            [3, 4],
          ],
          covariances: [
            [1, 0],
            [0, 1],
          ],
        },
      },
      'init.covariances must have shape [2,2,2], got [2,2]',
    ],
    [
      {
        init: {
          means: [
            [1, 2],
            [3, 4],
          ],
          covariances: [
            [
              [1, 0],
              [0, 1],
            ],
            [
              [1, 2],
              [2, 1],
            ],
          ],
        },
      },
      'init.covariances[1] must be positive definite',
    ],
    [
      {
        init: {
          means: [
            [1, 2],
            [3, 4],
          ],
          precisions: [
            [
              [1, 0],
              [0.5, 1],
            ],
            [
              [1, 0],
              [0, 1],
            ],
          ],
        },
      },
      'init.precisions[0] must be symmetric, got 0.5 at [1,0] and 0 at [0,1]',
    ],
    [
      { init: { responsibilities: rows.map(() => [0.5, 0.6]) } },
      'must be ≥ 0 and sum to 1, got [0.5,0.6] at row 0',
    ],
    [
      { init: { responsibilities: rows.map(() => [1]) } },
      'init.responsibilities must have shape [272,2], got [272,1]',
    ],
    [{ labels: [0, 1] }, 'labels must have length 272, got 2'],
    [{ labels: rows.map(() => 2) }, 'labels must be null or 0 … 1, got 2 at [0]'],
    [{ labels: rows.map(() => 0) }, 'labels leave component 1 without an observation'],
    [{ seed: -1 }, 'seed must be a whole number'],
    [
      { checkpoint: { every: 0, save: () => undefined } },
      'checkpoint.every must be a whole number ≥ 1, got 0',
    ],
    [{ resume: Uint8Array.of(1, 2, 3) }, 'safetensors'],
  ])('%#: $1', async (options, message) => {
    await expect(fit(rows, options)).rejects.toThrow(message)
  })

  test.each([
    [{ shrinkage: 0 }, 'prior.shrinkage must be > 0, got 0'],
    [{ degreesOfFreedom: 1 }, 'prior.degreesOfFreedom must be > d − 1 = 1, got 1'],
    [{ concentration: 0.5 }, 'prior.concentration must be ≥ 1, got 0.5'],
    [{ scale: -1 }, 'prior.scale must be > 0, got -1'],
    [{ mean: [1] }, 'prior.mean must have length 2, got 1'],
  ])('prior %#: $1', async (prior, message) => {
    await expect(gaussianMixture({ components: 2, prior }).fit(rows)).rejects.toThrow(message)
  })

  test('nothing to choose from', async () => {
    await expect(selectMixture(rows, { components: [] })).rejects.toThrow(
      'components must name at least one number',
    )
    await expect(selectMixture(rows, { components: [0] })).rejects.toThrow(
      'components must be a whole number ≥ 1, got 0',
    )
  })
})

describe('a fitted mixture refuses', () => {
  test('data of another dimension', async () => {
    const fitted = await fit(rows)
    for (const method of ['predict', 'responsibilities', 'logProb'] as const) {
      expect(() => fitted[method]([[1, 2, 3]])).toThrow(ShapeError)
      expect(() => fitted[method]([[1, 2, 3]])).toThrow(
        'the model was fitted to 2 columns, x has shape [1,3]',
      )
    }
    expect(() => fitted.predict([[1, NaN]])).toThrow('got NaN at row 0, column 1')
  })

  test('to tell components apart where every density is 0, rather than give NaN', async () => {
    const fitted = await fit(rows)
    expect(fitted.logProb([[1e200, 0]]).data[0]).toBe(-Infinity)
    expect(() =>
      fitted.predict([
        [2, 50],
        [1e200, 0],
      ]),
    ).toThrow('row 1 is so far from every component')
    expect(() => fitted.responsibilities([[1e200, 0]])).toThrow('its density is 0')
  })

  test('counts of draws that are none', async () => {
    const fitted = await fit(rows)
    expect(() => fitted.sample(-1)).toThrow('sample: count must be a whole number ≥ 0, got -1')
    expect(() => fitted.sample(1.5)).toThrow('got 1.5')
    expect(fitted.sample(0).x.shape).toEqual([0, 2])
  })
})

describe('what is no data at all is refused as such', () => {
  test.each([
    [undefined, 'x must be an array, got undefined'],
    [null, 'x must be an array, got null'],
    [5, 'x must be an array, got 5'],
    ['abc', 'x must be an array, got "abc"'],
    [[[1n, 2n]], 'x must hold numbers, got 1n'],
    [['ab', 'cd'], 'must have two axes'],
  ])('%#: $1', async (x, message) => {
    await expect(fit(x)).rejects.toThrow(message)
  })
})
