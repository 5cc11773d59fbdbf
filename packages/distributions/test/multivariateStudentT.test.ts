import { DomainError, ShapeError } from '@variate/core'
import { expect, test } from 'vitest'
import { multivariateStudentT } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multivariateStudentT', multivariateStudentT)

test('parameters out of their domain or of other lengths are refused', () => {
  expect(() => multivariateStudentT([3, 0], [0], { scaleTril: [[1]] })).toThrow(
    new DomainError('multivariateStudentT: df must be > 0, got 0 at [1]'),
  )
  expect(() => multivariateStudentT(3, [0], { scaleTril: [[-1]] })).toThrow(DomainError)
  expect(() => multivariateStudentT(3, [0, 0], { scaleTril: [[1]] })).toThrow(
    new ShapeError('multivariateStudentT: loc has length 2, scaleTril 1'),
  )
})

test('values whose squares are beyond float32 have their density', () => {
  const d = multivariateStudentT(0.05, [0], { scaleTril: [[1]] })
  const got = d.logProb([[1e30], [-1e37]]).dataSync()
  expect(got[0]).toBeCloseTo(-76.32886866193427, 4)
  expect(got[1]).toBeCloseTo(-93.25286908470024, 4)
})
