import { expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { gaussianMixture } from '@variate/models'

// Whitened, such a row is ∞ − ∞ in every component: its log joints are NaN, which no maximum may be taken from.

const DIMENSION = 8
const far = 1.7e308

/** Columns that hang together, so that rows of the whitening matrix have numbers of both signs. */
const correlated = Array.from({ length: DIMENSION }, (_, a) =>
  Array.from({ length: DIMENSION }, (_, b) => (a === b ? 1 : 0.9) / 100),
)
const shared = { weights: [0.5, 0.5], means: [0, 1].map((mean) => correlated.map(() => mean)) }
const densities = {
  full: gaussianMixture({ components: 2 }).density({ ...shared, covariances: [correlated, correlated] }),
  tied: gaussianMixture({ components: 2, covariance: 'tied' }).density({
    ...shared,
    covariances: correlated,
  }),
}

// Few rows are for plain JavaScript, many for WebAssembly.
const cases = (['full', 'tied'] as const).flatMap((covariance) =>
  [3, 100_000].map((rows) => ({ covariance, rows })),
)

test.each(cases)(
  'of $rows rows, one whose distances overflow has density 0 with $covariance covariance',
  ({ covariance, rows }) => {
    const mixture = densities[covariance]
    const x = new Float64Array(rows * DIMENSION)
    x.fill(far, DIMENSION, 2 * DIMENSION)
    const data = new NdArray(x, [rows, DIMENSION])
    const densitiesOfRows = mixture.logProb(data).data
    expect(densitiesOfRows[1]).toBe(-Infinity)
    expect(densitiesOfRows[2]).toBe(densitiesOfRows[0])
    expect(Number.isFinite(densitiesOfRows[0])).toBe(true)
    for (const what of ['predict', 'responsibilities'] as const)
      expect(() => mixture[what](data)).toThrow('row 1 is so far from every component')
  },
)
