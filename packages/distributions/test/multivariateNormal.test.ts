import { DomainError, NumericalError, ShapeError, key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { multivariateNormal } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateNormal', multivariateNormal)

const eye = [
  [1, 0],
  [0, 1],
]

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() =>
    multivariateNormal(
      [
        [0, 0],
        [0, NaN],
      ],
      { covariance: eye },
    ),
  ).toThrow(new DomainError('multivariateNormal: loc must be finite, got NaN in entry 1 at [1]'))
  expect(() =>
    multivariateNormal([0, 0], {
      scaleTril: [
        [1, 0],
        [1, 0],
      ],
    }),
  ).toThrow(
    new DomainError(
      'multivariateNormal: scaleTril must be lower triangular with a positive diagonal, got 0 in row 1, column 1',
    ),
  )
  expect(() =>
    multivariateNormal([0, 0], {
      scaleTril: [
        [1, 0.5],
        [0, 1],
      ],
    }),
  ).toThrow('got 0.5 in row 0, column 1')
  expect(() =>
    multivariateNormal([0, 0], {
      covariance: [
        eye,
        [
          [1, 2],
          [2, 1],
        ],
      ],
    }),
  ).toThrow(
    new DomainError(
      'multivariateNormal: covariance must be symmetric positive definite, got a pivot that is not positive in row 1 at [1]',
    ),
  )
  expect(() =>
    multivariateNormal([0, 0], {
      covariance: [
        [1, 0.5],
        [0.4, 1],
      ],
    }),
  ).toThrow('got 0.4 in row 1, column 0, and 0.5 in row 0, column 1')
  expect(() =>
    multivariateNormal([0, 0], {
      precision: [
        [1, NaN],
        [NaN, 1],
      ],
    }),
  ).toThrow('multivariateNormal: precision must be symmetric positive definite, got NaN in row 0, column 1')
  const tensor = tf.tensor2d([
    [1, 2],
    [2, 1],
  ])
  expect(() => multivariateNormal([0, 0], { covariance: tensor }).logProb([0, 0])).toThrow(DomainError)
})

test('exactly one matrix must be given', () => {
  expect(() => multivariateNormal([0, 0], {} as never)).toThrow(
    new DomainError('multivariateNormal: give either scaleTril or covariance or precision, got neither'),
  )
  expect(() => multivariateNormal([0, 0], { scaleTril: eye, covariance: eye } as never)).toThrow(
    'got scaleTril and covariance',
  )
})

test('shapes that do not match are refused', () => {
  expect(() => multivariateNormal([0, 0, 0], { covariance: eye })).toThrow(
    new ShapeError('multivariateNormal: loc has length 3, covariance 2'),
  )
  expect(() => multivariateNormal([0, 0], { covariance: [[1, 0]] })).toThrow(
    new ShapeError('multivariateNormal: covariance must be square, got shape [1, 2]'),
  )
  expect(() => multivariateNormal(0 as never, { covariance: eye })).toThrow(
    new ShapeError('multivariateNormal: loc must be a vector or an array of them, got shape []'),
  )
  expect(() => multivariateNormal([0, 0], { covariance: eye }).logProb([0, 0, 0])).toThrow(ShapeError)
  expect(() =>
    multivariateNormal(
      [
        [0, 0],
        [1, 1],
      ],
      { covariance: [eye, eye, eye] },
    ),
  ).toThrow(ShapeError)
})

test('its covariance matrix is the same however it was given', () => {
  const covariance = [
    [4, 2],
    [2, 2],
  ]
  const ways = [
    {
      scaleTril: [
        [2, 0],
        [1, 1],
      ],
    },
    { covariance },
    {
      precision: [
        [0.5, -0.5],
        [-0.5, 1],
      ],
    },
  ]
  for (const way of ways) {
    const got = multivariateNormal([0, 0], way as never).covarianceMatrix()
    expect(got.shape).toEqual([2, 2])
    got.dataSync().forEach((value, i) => expect(value).toBeCloseTo(covariance.flat()[i]!, 5))
  }
})

test('batches of locations and of matrices broadcast both ways', () => {
  const d = multivariateNormal([[[0, 0]], [[100, 100]]], {
    scaleTril: [
      eye,
      [
        [2, 0],
        [1, 1],
      ],
      [
        [3, 0],
        [0, 3],
      ],
    ],
  })
  expect(d.batchShape).toEqual([2, 3])
  const draws = d.sample(key(0), [4])
  expect(draws.shape).toEqual([4, 2, 3, 2])
  const means = tf.mean(draws, [0, 3]).arraySync() as number[][]
  expect(means[0]!.every((x) => Math.abs(x) < 20)).toBe(true)
  expect(means[1]!.every((x) => Math.abs(x - 100) < 20)).toBe(true)
  expect(d.covarianceMatrix().shape).toEqual([2, 3, 2, 2])
})

test('fit is the weighted mean and covariance, those of numpy.cov with aweights and no correction', () => {
  const x = [
    [1, 2],
    [3, 1],
    [4, 6],
    [0, 2.5],
  ]
  const { loc, covariance } = multivariateNormal([0, 0], { covariance: eye }).fit(x, {
    weights: [1, 2, 0.5, 1],
  })
  expectNumbers(loc, [2.0, 2.111111111111111])
  expectNumbers(covariance!, [2.0, 0.2222222222222222, 0.2222222222222222, 2.265432098765432])
  expect(() =>
    multivariateNormal([0, 0], { covariance: eye }).fit([
      [1, 2],
      [3, 1],
    ]),
  ).toThrow(NumericalError)
})

function expectNumbers(got: unknown, expected: readonly number[]): void {
  const { data } = got as { data: ArrayLike<number> }
  expect(data).toHaveLength(expected.length)
  expected.forEach((value, i) => expect(data[i]).toBeCloseTo(value, 5))
}
