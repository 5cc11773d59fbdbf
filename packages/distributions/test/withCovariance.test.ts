import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import * as distributions from '../src/index.ts'
import type { HasCovariance } from '../src/withCovariance.ts'
import { oracleOf } from './oracleOf.ts'

interface Oracle {
  readonly cases: readonly {
    readonly name: string
    readonly args: readonly unknown[]
    /** Absent where there is none. */
    readonly covariance?: readonly (readonly number[])[]
  }[]
}

const factories = distributions as unknown as Readonly<Record<string, (...args: unknown[]) => HasCovariance>>

describe('covarianceMatrix', () => {
  it.each([
    'autoregressive',
    'dirichlet',
    'dirichletMultinomial',
    'gaussianRandomWalk',
    'multinomial',
    'multivariateNormal',
    'multivariateNormalDiag',
    'multivariateNormalLowRank',
    'multivariateStudentT',
    'oneHotCategorical',
  ])('of %s is that of the oracle', (name) => {
    let compared = 0
    for (const { name: at, args, covariance } of (oracleOf(name) as Oracle).cases) {
      if (!covariance) continue
      const got = factories[name]!(...args).covarianceMatrix()
      expect(got.shape).toEqual([covariance.length, covariance.length])
      const found = got.arraySync() as number[][]
      covariance.forEach((row, i) => {
        row.forEach((value, j) => {
          // Entries are sums of terms as large as the standard deviations of both: 4e-6 of these, float32.
          const size = Math.sqrt(covariance[i]![i]! * covariance[j]![j]!)
          const isNear = Math.abs(found[i]![j]! - value) <= 4e-6 * size + 1e-37
          const where = `${at} at [${i}, ${j}]: ${found[i]![j]}, not ${value}`
          expect(isNear, where).toBe(true)
          compared++
        })
      })
    }
    expect(compared).toBeGreaterThan(20)
  })

  it('of multivariateStudentT is infinite for 1 < df ≤ 2, and none for less', () => {
    const { multivariateStudentT } = distributions
    const d = multivariateStudentT([2, 1], [0], { scaleTril: [[3]] })
    expect([...d.covarianceMatrix().dataSync()]).toEqual([Infinity, NaN])
  })

  it('checks tensors', () => {
    const d = distributions.gaussianRandomWalk(tf.scalar(-1), 3)
    expect(() => d.covarianceMatrix()).toThrow(
      new DomainError('gaussianRandomWalk: scale must be > 0, got -1'),
    )
  })
})
