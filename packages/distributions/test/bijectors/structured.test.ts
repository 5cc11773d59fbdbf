import { DomainError, ShapeError } from '@variate/core'
import { bijectorLaws } from '@variate/testing'
import { expect, test } from 'vitest'
import { choleskyProduct } from '../../src/bijectors/choleskyProduct.ts'
import { chain } from '../../src/bijectors/chain.ts'
import { correlationCholesky } from '../../src/bijectors/correlationCholesky.ts'
import { lowerCholesky } from '../../src/bijectors/lowerCholesky.ts'
import { ordered } from '../../src/bijectors/ordered.ts'
import { permute } from '../../src/bijectors/permute.ts'
import { scaleTril } from '../../src/bijectors/scaleTril.ts'
import { stickBreaking } from '../../src/bijectors/stickBreaking.ts'
import { correlationCholesky as correlationCholeskySet } from '../../src/constraints/correlationCholesky.ts'
import { lowerCholesky as lowerCholeskySet } from '../../src/constraints/lowerCholesky.ts'
import { ordered as orderedSet } from '../../src/constraints/ordered.ts'
import { positiveDefinite } from '../../src/constraints/positiveDefinite.ts'
import { realVector } from '../../src/constraints/realVector.ts'
import { simplex } from '../../src/constraints/simplex.ts'
import { lowerTriangle, oracleLaws } from './laws.ts'

oracleLaws('scaleTril', scaleTril, { codomain: realVector })
oracleLaws('lowerCholesky', lowerCholesky, {
  codomain: lowerCholeskySet,
  coordinates: (shape) => lowerTriangle(shape),
})
oracleLaws('correlationCholesky', () => correlationCholesky, {
  codomain: correlationCholeskySet,
  coordinates: (shape) => lowerTriangle(shape, false),
})
oracleLaws('ordered', () => ordered, { codomain: orderedSet })
oracleLaws('stickBreaking', () => stickBreaking, {
  codomain: simplex,
  coordinates: ([n]) => Array.from({ length: n! - 1 }, (_, i) => i),
})
oracleLaws('permute', permute, { codomain: realVector })
bijectorLaws('positive definite matrices', {
  make: () => chain([lowerCholesky(), choleskyProduct]),
  x: [
    [0, 0, 0, 0, 0, 0],
    [0.5, -1, 2, 0.3, -0.7, 1.1],
  ],
  codomain: positiveDefinite,
  coordinates: (shape) => lowerTriangle(shape),
})

test('what is not in a codomain has NaN for its inverse and log-determinant', () => {
  const cases = [
    [
      lowerCholesky(),
      [
        [1, 0.5],
        [0, 1],
      ],
      [
        [1, 0],
        [2, -1],
      ],
    ],
    [
      correlationCholesky,
      [
        [1, 0],
        [0.9, 0.9],
      ],
      [
        [1, 0.1],
        [0.6, 0.8],
      ],
    ],
    [
      choleskyProduct,
      [
        [1, 2],
        [2, 1],
      ],
      [
        [1, 0.5],
        [0.2, 1],
      ],
    ],
    [stickBreaking, [0.5, 0.6], [1.5, -0.5]],
    [ordered, [1, 0], [2, 1]],
  ] as const
  for (const [map, ...outside] of cases) {
    for (const y of outside) {
      expect([...map.inverse(y as never).dataSync()].some(Number.isNaN), map.name).toBe(true)
      expect(map.inverseLogDet(y as never).dataSync()[0], map.name).toBeNaN()
    }
  }
})

test('vectors that fill no matrix, and matrices that are not square, are refused', () => {
  expect(() => lowerCholesky().forward([1, 2])).toThrow(
    new ShapeError('lowerCholesky: vectors must have length n(n + 1)/2, got shape [2]'),
  )
  expect(() => correlationCholesky.forward([1, 2])).toThrow(
    new ShapeError('correlationCholesky: vectors must have length n(n − 1)/2, got shape [2]'),
  )
  expect(() => lowerCholesky().inverse([[1, 2]])).toThrow(
    new ShapeError('lowerCholesky: matrices must be square, got shape [1, 2]'),
  )
  expect(() => ordered.forward(1)).toThrow(new ShapeError('ordered: an event has 1 axes, got shape []'))
  expect(() => permute([1, 0]).forward([1, 2, 3])).toThrow(
    new ShapeError('permute: vectors must have length 2, got shape [3]'),
  )
})

test('indices that are no permutation are refused', () => {
  expect(() => permute([0, 2, 2])).toThrow(
    new DomainError('permute: indices must be the numbers from 0 to 2, each once, got 2 at [2]'),
  )
  expect(() => permute([0, 1.5])).toThrow(DomainError)
  expect(() => permute([0, 3])).toThrow(DomainError)
})

test('matrices that are no Cholesky factor are refused', () => {
  expect(() =>
    scaleTril(
      [0, 0],
      [
        [1, 1],
        [0, 1],
      ],
    ),
  ).toThrow(DomainError)
  expect(() =>
    scaleTril(
      [0, 0, 0],
      [
        [1, 0],
        [0, 1],
      ],
    ),
  ).toThrow(ShapeError)
})
