import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { normal } from '@variate/distributions'
import {
  annealedImportanceSampling,
  enumeration,
  importanceCorrected,
  importanceSampling,
} from '@variate/inference'
import { model } from '@variate/language'

const [loc, scale] = [1.3, 0.8]

/** Draws of an approximation that lies elsewhere and is wider, and their weights. */
async function drawn(count: number, seed: number) {
  const { z } = await model('q').latent('z', normal(1, 1.1)).sample({ seed, count })
  const logWeights = Float64Array.from(
    z.data,
    (x) => -(((x - loc) / scale) ** 2) / 2 + ((x - 1) / 1.1) ** 2 / 2,
  )
  return { z, logWeights }
}

describe('means and standard deviations', () => {
  test('are those of the posterior within their standard errors, which are right: over 40 seeds z² sums to a χ² of 40', async () => {
    const totals = { mean: 0, sd: 0 }
    for (let seed = 0; seed < 40; seed++) {
      const { z, logWeights } = await drawn(2000, seed)
      const { mean, sd, standardErrors, reliability } = importanceCorrected({ z }, logWeights)
      expect(reliability).toBe('good')
      totals.mean += ((mean.z.at() - loc) / standardErrors.mean.z.at()) ** 2
      totals.sd += ((sd.z.at() - scale) / standardErrors.sd.z.at()) ** 2
    }
    // Its quantiles at 10⁻⁴ and 1 − 10⁻⁴, by scipy.stats.chi2(40).ppf.
    for (const total of Object.values(totals)) {
      expect(total).toBeGreaterThan(14.88)
      expect(total).toBeLessThan(82.06)
    }
  })

  test('of equal weights are those of the draws', () => {
    const { mean, sd, standardErrors, effectiveSampleSize } = importanceCorrected(
      {
        z: [
          [1, 5],
          [2, 5],
          [3, 5],
          [6, 5],
        ],
      },
      [0, 0, 0, 0],
    )
    expect(mean.z.toNested()).toEqual([3, 5])
    expect(sd.z.at(0)).toBeCloseTo(Math.sqrt(3.5), 12)
    expect(standardErrors.mean.z.at(0)).toBeCloseTo(Math.sqrt(3.5 / 4), 12)
    expect(sd.z.at(1)).toBe(0)
    expect(standardErrors.sd.z.at(1)).toBe(0)
    expect(effectiveSampleSize).toBeCloseTo(4, 12)
  })
})

test('of fits by importance sampling and annealing, with the sites known to the type checker', async () => {
  const one = model('one')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => normal(z, 1))
  const exact = (await enumeration(one).fit({ x: 2 })).posterior
  const sampled = await importanceSampling(one, { particles: 4000 }).fit({ x: 2 }, { seed: 0 })
  const annealed = await annealedImportanceSampling(one, { temperatures: 50 }).fit({ x: 2 }, { seed: 0 })
  for (const { posterior, logWeights } of [sampled, annealed]) {
    const { mean, sd, standardErrors } = importanceCorrected(posterior.draws, logWeights)
    expectTypeOf(mean).toEqualTypeOf<Readonly<Record<'z', NdArray<Float64Array>>>>()
    expect(Math.abs(mean.z.at() - exact.mean.z.at()) / standardErrors.mean.z.at()).toBeLessThan(4)
    expect(Math.abs(sd.z.at() - Math.sqrt(exact.variance.z.at())) / standardErrors.sd.z.at()).toBeLessThan(4)
  }
})

test('draws and weights that do not fit are told of', () => {
  expect(() => importanceCorrected({ z: [1, 2, 3] }, [0, 0])).toThrow('there are 2 log weights, and 3 draws')
  expect(() => importanceCorrected({ z: [1, 2, 3], a: [1, 2] }, [0, 0, 0])).toThrow('of "a" [2]')
  expect(() => importanceCorrected({}, [])).toThrow('draws of at least one site')
  expect(() => importanceCorrected({ z: 3 }, [0])).toThrow('draws lie along the first axis')
})
