import { describe, expect, test } from 'vitest'
import { kMeans, type KMeansMethod } from '@variate/models'
import { largestDifference } from '@variate/testing'
import oracles from './oracles/kmeans.json' with { type: 'json' }

const METHODS: readonly KMeansMethod[] = ['elkan', 'hamerly', 'lloyd']

// Both sides round their sums; scikit-learn also expands the squares, which costs it some digits.
const rounding = 1e-10

describe.each(oracles.cases)(
  'k-means gives what scikit-learn gives: $name',
  ({ x, clusters, ...expected }) => {
    const weights = expected.weights ?? undefined

    describe.each(expected.runs)('from given centres, after $iterations iterations', (run) => {
      test.each(METHODS)('%s', async (method) => {
        const fit = await kMeans({ clusters, method }).fit(x, {
          init: run.init,
          tolerance: 0,
          ...(weights && { weights }),
        })
        expect(fit.termination).toEqual({ kind: 'converged' })
        expect(fit.iterations).toBe(run.iterations)
        expect(largestDifference(fit.centers.data, run.centers.flat())).toBeLessThan(rounding)
        expect(fit.labels.toNested()).toEqual(run.labels)
        expect(Math.abs(fit.inertia / run.inertia - 1)).toBeLessThan(rounding)
        expect(Math.abs(fit.score(x) / run.score - 1)).toBeLessThan(rounding)
        expect(largestDifference(fit.distances(x.slice(0, 5)).data, run.distances.flat())).toBeLessThan(
          rounding,
        )
      })
    })

    test('the best of 50 restarts is as good as the best of its 200', async () => {
      const fit = await kMeans({ clusters }).fit(x, {
        restarts: 50,
        tolerance: 0,
        ...(weights && { weights }),
      })
      expect(Math.abs(fit.inertia / expected.bestInertia - 1)).toBeLessThan(rounding)
    })
  },
)
