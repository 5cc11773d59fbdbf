import fc from 'fast-check'
import type { Covariance, MixtureFitOptions, MixturePrior } from '@variate/models'

/** A mixture to be fitted to random data: any form, any start, with or without weights, floor, prior. */
export interface Problem {
  readonly x: number[][]
  readonly components: number
  readonly covariance: Covariance
  readonly prior?: MixturePrior
  readonly options: MixtureFitOptions
}

const form = fc.constantFrom<Covariance>('full', 'tied', 'diagonal', 'spherical')
const coordinate = fc.integer({ min: -400, max: 400 }).map((value) => value / 100)

/** Points in clumps, as continuous data would have them: coordinates to two digits about a few centres. */
const points = fc.integer({ min: 1, max: 4 }).chain((d) => {
  const point = fc.array(coordinate, { minLength: d, maxLength: d })
  return fc
    .tuple(fc.array(point, { minLength: 1, maxLength: 4 }), fc.array(point, { minLength: 40, maxLength: 90 }))
    .map(([centers, noise]) =>
      noise.map((row, i) =>
        row.map((value, a) => value + 3 * centers[i % centers.length]![a]! + 1e-3 * Math.sin(i * (a + 2))),
      ),
    )
})

export const problems: fc.Arbitrary<Problem> = fc
  .record({
    x: points,
    components: fc.integer({ min: 1, max: 5 }),
    covariance: form,
    init: fc.constantFrom('k-means', 'k-means++', 'random'),
    seed: fc.nat(),
    weighted: fc.boolean(),
    restraint: fc.constantFrom('none', 'floor', 'prior', 'both'),
  })
  .map(({ x, components, covariance, init, seed, weighted, restraint }) => ({
    x,
    components,
    covariance,
    ...(restraint === 'prior' || restraint === 'both' ? { prior: { concentration: 1.5 } } : {}),
    options: {
      init: init as 'k-means',
      seed,
      maxIterations: 60,
      tolerance: 0,
      ...(restraint === 'floor' || restraint === 'both' ? { regularization: 0.3 } : {}),
      ...(weighted ? { weights: x.map((_, i) => (i * 7) % 5) } : {}),
    },
  }))
