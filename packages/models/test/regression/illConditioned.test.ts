import { describe, expect, test } from 'vitest'
import { key, random } from '@variate/core'
import { gaussianMixture, type Covariance } from '@variate/models'

const z = random.normal(key(17), [500, 25], { dtype: 'float64' })
const factors = random.normal(key(18), [5, 20], { dtype: 'float64' })
const rows = <Row>(make: (i: number) => Row, n = 500) => Array.from({ length: n }, (_, i) => make(i))
const shift = (i: number) => 3 * (i % 2)

/** 20 columns that are sums of 5. */
const rankFive = rows((i) =>
  Array.from({ length: 20 }, (_, b) =>
    [0, 1, 2, 3, 4].reduce((sum, a) => sum + (z.at(i, a) + shift(i)) * factors.at(a, b), 0),
  ),
)
const collinear = (scale: number) =>
  rows((i) => [scale * (z.at(i, 0) + shift(i)), scale * 2 * (z.at(i, 0) + shift(i)) + 1])

describe('rounding in ill-conditioned covariances is not taken for a likelihood that falls', () => {
  const correlated = (gap: number) =>
    rows((i) => [z.at(i, 0) + shift(i), z.at(i, 0) + shift(i) + Math.sqrt(2 * gap) * z.at(i, 1)])
  const nearlyDependent = rows((i) => [
    z.at(i, 0) + shift(i),
    z.at(i, 1),
    z.at(i, 0) + shift(i) + z.at(i, 1) + 3e-7 * z.at(i, 2),
  ])

  test.each([
    ['20 columns of rank 5 with a floor', rankFive, 3, { regularization: 1e-6, tolerance: 1e-10 }],
    ['20 columns of rank 5 with a lower floor', rankFive, 3, { regularization: 1e-8 }],
    [
      'collinear columns with a floor',
      collinear(1),
      2,
      { regularization: 1e-6, tolerance: 0, maxIterations: 200 },
    ],
    ['a column that is nearly the sum of two others', nearlyDependent, 3, {}],
    ['a correlation of 1 − 5e-11', correlated(5e-11), 2, { tolerance: 0, maxIterations: 200 }],
    ['a correlation of 1 − 4.5e-13', correlated(4.5e-13), 2, {}],
  ])('%s', async (_name, x, components, options) => {
    const fit = await gaussianMixture({ components }).fit(x, options)
    expect(fit.termination.kind).not.toBe('diverged')
  })
})

describe('a floor below rounding of the largest variance still gives a fit', () => {
  test.each([
    ['collinear columns of variance 1e12', collinear(1e6), 1e-6],
    ['collinear columns and a floor of 1e-15', collinear(1), 1e-15],
    ['20 columns of rank 5 and a floor of 1e-10', rankFive, 1e-10],
  ])('%s', async (_name, x, regularization) => {
    const fit = await gaussianMixture({ components: 2 }).fit(x, { regularization })
    expect(fit.termination.kind).toBe('converged')
    expect(Number.isFinite(fit.logLikelihood)).toBe(true)
  })
})

describe('components far apart have not collapsed', () => {
  const far = rows((i) => [z.at(i, 0) + 1e9 * (i % 2), z.at(i, 1)], 400)
  const near = rows((i) => [z.at(i, 0) + 100 * (i % 2), z.at(i, 1)], 400)

  test.each<Covariance>(['full', 'diagonal', 'spherical'])('%s covariance', async (covariance) => {
    const model = gaussianMixture({ components: 2, covariance })
    const [fit, other] = [await model.fit(far), await model.fit(near)]
    expect(fit.termination.kind).toBe('converged')
    // Where components do not overlap their distance is of no matter; at 1e9 coordinates are rounded to 1e-7.
    expect(fit.logLikelihood).toBeCloseTo(other.logLikelihood, 3)
  })
})

describe('numbers near the ends of float64', () => {
  const scaled = (scale: number) => rows((i) => [scale * (z.at(i, 0) + shift(i)), scale * z.at(i, 1)])

  test.each<Covariance>(['full', 'tied', 'diagonal', 'spherical'])(
    '%s covariance: scale moves the likelihood as it must',
    async (covariance) => {
      const model = gaussianMixture({ components: 2, covariance })
      const plain = await model.fit(scaled(1), { tolerance: 1e-8 })
      for (const scale of [1e-130, 1e130]) {
        const fit = await model.fit(scaled(scale), { tolerance: 1e-8 })
        expect(fit.logLikelihood + 1000 * Math.log(scale)).toBeCloseTo(plain.logLikelihood, 4)
      }
    },
  )

  test('what cannot be squared is refused with its column', async () => {
    const model = gaussianMixture({ components: 2, covariance: 'diagonal' })
    await expect(model.fit(scaled(1e-155))).rejects.toThrow(
      'the variance of column 0 underflows float64: rescale it',
    )
    await expect(model.fit(scaled(1e155))).rejects.toThrow(
      'the variance of column 0 overflows float64: rescale it',
    )
  })

  test('starting parameters without a likelihood are refused', async () => {
    const model = gaussianMixture({ components: 2 })
    const init = {
      means: [
        [1e200, 0],
        [-1e200, 0],
      ],
      weights: [0.5, 0.5],
      covariances: [
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
    }
    await expect(model.fit(scaled(1), { init })).rejects.toThrow(
      'the objective of the starting parameters is',
    )
  })
})
