import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { dirichlet } from '../src/index.ts'
import { laws } from './laws.ts'

laws('dirichlet', dirichlet)

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() =>
    dirichlet([
      [1, 2],
      [3, 0],
    ]),
  ).toThrow(new DomainError('dirichlet: concentration must be > 0, got 0 in entry 1 at [1]'))
})

test('a concentration without an axis, and values of another length, are refused', () => {
  expect(() => dirichlet(1 as never)).toThrow(ShapeError)
  expect(() => dirichlet([1, 1]).logProb([0.5, 0.25, 0.25])).toThrow(ShapeError)
})
