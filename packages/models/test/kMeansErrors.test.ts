import { describe, expect, test } from 'vitest'
import { kMeans, type KMeansMethod } from '@variate/models'

const x = [
  [0, 0],
  [1, 0],
  [10, 0],
  [11, 1],
]
const two = kMeans({ clusters: 2 })

describe('k-means refuses', () => {
  test.each([0, -1, 1.5, NaN])('%s clusters', (clusters) => {
    expect(() => kMeans({ clusters })).toThrow(`kMeans: clusters must be a whole number ≥ 1, got ${clusters}`)
  })

  test('a method that there is none of', () => {
    expect(() => kMeans({ clusters: 2, method: 'yinyang' as KMeansMethod })).toThrow(
      'kMeans: method must be one of elkan, hamerly, lloyd, got yinyang',
    )
  })

  test.each([
    [
      'NaN',
      [
        [0, 1],
        [2, NaN],
      ],
      'kMeans.fit: x must be finite, got NaN at row 1, column 1',
    ],
    [
      'infinity',
      [
        [0, 1],
        [-Infinity, 2],
      ],
      'kMeans.fit: x must be finite, got -Infinity at row 1, column 0',
    ],
    ['ragged rows', [[0, 1], [2]], 'kMeans.fit: x has ragged rows: row 0 has 2 columns, row 1 has 1'],
    ['no rows', [], 'kMeans.fit: x is empty'],
    [
      'fewer points than clusters',
      [[0, 1]],
      'kMeans.fit: 2 clusters need at least as many observations, got 1',
    ],
    [
      'squares that overflow',
      [[1e200], [-1e200]],
      'kMeans.fit: the squares of x overflow float64: rescale it',
    ],
  ])('%s in the data', async (_, data, message) => {
    await expect(two.fit(data)).rejects.toThrow(message)
    expect(() => two.algorithm(data)).toThrow(message)
  })

  test.each([
    ['a negative weight', { weights: [1, 1, -2, 1] }, 'kMeans.fit: weights must be ≥ 0, got -2 at [2]'],
    [
      'weights that are all 0',
      { weights: [0, 0, 0, 0] },
      'kMeans.fit: weights are all 0: no observation counts',
    ],
    [
      'fewer points of positive weight than clusters',
      { weights: [0, 1, 0, 0] },
      'kMeans.fit: 2 clusters need at least as many observations of positive weight, got 1',
    ],
    ['too few weights', { weights: [1, 1] }, 'kMeans.fit: weights must have length 4, got 2'],
    [
      'initial centres of another shape',
      { init: [[0, 0]] },
      'kMeans.fit: init must have shape [2,2], got [1,2]',
    ],
    [
      'initial centres that are not finite',
      {
        init: [
          [0, 0],
          [NaN, 1],
        ],
      },
      'kMeans.fit: init must be finite, got NaN at row 1, column 0',
    ],
    ['a negative tolerance', { tolerance: -1 }, 'kMeans.fit: tolerance must be finite and ≥ 0, got -1'],
    ['no restarts', { restarts: 0 }, 'kMeans.fit: restarts must be a whole number ≥ 1, got 0'],
    [
      'half an iteration',
      { maxIterations: 0.5 },
      'kMeans.fit: maxIterations must be a whole number ≥ 1, got 0.5',
    ],
    ['a seed below 0', { seed: -1 }, 'key: seed must be a whole number'],
  ])('%s', async (_, options, message) => {
    await expect(two.fit(x, options)).rejects.toThrow(message)
  })

  test('new data of another dimension', async () => {
    const fit = await two.fit(x)
    for (const method of ['predict', 'distances', 'score'] as const) {
      expect(() => fit[method]([[1]])).toThrow(
        `kMeans.${method}: the model was fitted to 2 columns, x has shape [1,1]`,
      )
    }
  })

  test('JSON that is not of a fit with as many clusters', async () => {
    const json = JSON.parse(JSON.stringify(await two.fit(x)))
    const cases: [unknown, string][] = [
      [null, 'kMeans.fromJSON: expected what toJSON of a fit gave'],
      [[1, 2], 'kMeans.fromJSON: expected what toJSON of a fit gave'],
      [{ ...json, version: 2 }, 'kMeans.fromJSON: version 2 is not 1'],
      [{ ...json, clusters: 3 }, 'kMeans.fromJSON: the fit has 3 clusters, the model 2'],
      [{ ...json, dimension: 0 }, 'kMeans.fromJSON: dimension must be a whole number ≥ 1, got 0'],
      [{ ...json, centers: [1, 2] }, 'kMeans.fromJSON: centers must have length 4, got 2'],
      [{ ...json, centers: undefined }, 'kMeans.fromJSON: centers are missing'],
      [{ ...json, centers: [1, 2, 3, null] }, 'kMeans.fromJSON: centers must hold numbers, got null at [3]'],
      [{ ...json, record: undefined }, 'kMeans.fromJSON: the record of the fit is missing'],
    ]
    for (const [bad, message] of cases) expect(() => two.fromJSON(bad)).toThrow(message)
  })
})
