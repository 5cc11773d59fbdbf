import { describe, expect, test } from 'vitest'
import { key, random } from '@variate/core'
import { gaussianMixture, type Covariance } from '@variate/models'
import { largestDifference } from '@variate/testing'
import { expectation } from '../src/gaussianMixture/expectation.ts'
import type { Mixture } from '../src/gaussianMixture/mixture.ts'
import { scatterAbout } from '../src/gaussianMixture/scatter.ts'
import { addStatistics } from '../src/gaussianMixture/statistics.ts'
import { whiten } from '../src/gaussianMixture/whiten.ts'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']
const COMPONENTS = 3

/** A mixture whose components overlap, in d dimensions, far from the origin in the first. */
function mixtureOf(covariance: Covariance, d: number): Mixture {
  const draw = random.normal(key(d), [COMPONENTS, d], { dtype: 'float64' }).data
  const means = draw.map((value, at) => value + (at % d === 0 ? 1000 : 0))
  const element = (k: number, a: number, b: number) => (a === b ? 1 + 0.3 * k : 0.2 / (1 + Math.abs(a - b)))
  const covariances = {
    full: () =>
      Float64Array.from({ length: COMPONENTS * d * d }, (_, i) =>
        element(Math.floor(i / (d * d)), Math.floor(i / d) % d, i % d),
      ),
    tied: () => Float64Array.from({ length: d * d }, (_, i) => element(1, Math.floor(i / d), i % d)),
    diagonal: () => Float64Array.from({ length: COMPONENTS * d }, (_, i) => 0.5 + 0.1 * i),
    spherical: () => Float64Array.of(0.8, 1.2, 1.5),
  }[covariance]()
  const weights = Float64Array.of(0.2, 0.5, 0.3)
  return whiten(
    { components: COMPONENTS, dimension: d, covariance },
    { weights, means, covariances },
  ) as Mixture
}

function dataOf(rows: number, d: number): Float64Array {
  return random
    .normal(key(99), [rows, d], { dtype: 'float64' })
    .data.map((value, at) => 1.5 * value + (at % d === 0 ? 1000 : 0))
}

/** Σᵢ wᵢ·rᵢₖ·(xᵢ − c)(xᵢ − c)ᵀ and its kin, by their definitions, from responsibilities of the public interface. */
function naive(x: Float64Array, d: number, mixture: Mixture, weights?: Float64Array, labels?: Int32Array) {
  const rows = x.length / d
  const density = gaussianMixture({ components: COMPONENTS, covariance: mixture.covariance }).density(mixture)
  const nested = Array.from({ length: rows }, (_, i) => Array.from(x.subarray(i * d, (i + 1) * d)))
  const [r, logProb] = [density.responsibilities(nested), density.logProb(nested)]
  const counts = new Float64Array(COMPONENTS)
  const first = new Float64Array(COMPONENTS * d)
  const scatters = Array.from({ length: COMPONENTS }, () => new Float64Array(d * d))
  let logLikelihood = 0
  for (let i = 0; i < rows; i++) {
    const label = labels?.[i] ?? -1
    const weight = weights?.[i] ?? 1
    logLikelihood += weight * (logProb.at(i) + (label >= 0 ? Math.log(r.at(i, label)) : 0))
    for (let k = 0; k < COMPONENTS; k++) {
      const share = weight * (label >= 0 ? Number(label === k) : r.at(i, k))
      const z = nested[i]!.map((value, a) => value - mixture.means[k * d + a]!)
      counts[k]! += share
      for (let a = 0; a < d; a++) {
        first[k * d + a]! += share * z[a]!
        for (let b = 0; b < d; b++) scatters[k]![a * d + b]! += share * z[a]! * z[b]!
      }
    }
  }
  return { counts, first, scatters, logLikelihood }
}

const cases = FORMS.flatMap((covariance) => [1, 2, 3, 4, 5, 8, 11].map((d) => ({ covariance, d })))

describe.each(cases)('the E-step with $covariance covariance in $d dimensions', ({ covariance, d }) => {
  const mixture = mixtureOf(covariance, d)
  const dense = covariance === 'full' || covariance === 'tied'

  /** The largest relative difference of anything that the E-step gives. */
  const difference = (actual: ReturnType<typeof expectation>, expected: ReturnType<typeof naive>) => {
    const scatters = expected.scatters.map((full, k) => {
      const truth = dense ? full : full.filter((_, i) => i % (d + 1) === 0)
      return largestDifference(scatterAbout(actual, k, mixture.means, k * d), truth)
    })
    return Math.max(
      Math.abs(actual.logLikelihood / expected.logLikelihood - 1),
      largestDifference(actual.counts, expected.counts),
      largestDifference(actual.first, expected.first),
      ...scatters,
    )
  }

  // Blocks hold 512 points: one short, one even, one of several blocks with a rest.
  test.each([1, 2, 511, 512, 1537])('gives the statistics of %i points as their definitions do', (rows) => {
    const x = dataOf(rows, d)
    expect(difference(expectation({ x, rows }, mixture), naive(x, d, mixture))).toBeLessThan(1e-10)
  })

  test('counts weighted observations as often as they weigh, and known ones for their component', () => {
    const x = dataOf(600, d)
    const weights = Float64Array.from({ length: 600 }, (_, i) => (i % 4) / 2)
    const labels = Int32Array.from({ length: 600 }, (_, i) => (i % 5 === 0 ? i % 3 : -1))
    const actual = expectation({ x, rows: 600, weights, labels }, mixture)
    expect(difference(actual, naive(x, d, mixture, weights, labels))).toBeLessThan(1e-10)
  })

  test('gives statistics that add up over blocks of data', () => {
    const x = dataOf(1000, d)
    const parts = [x.subarray(0, 300 * d), x.subarray(300 * d)].map((part) =>
      expectation({ x: part, rows: part.length / d }, mixture),
    )
    const [whole, sum] = [expectation({ x, rows: 1000 }, mixture), addStatistics(parts[0]!, parts[1]!)]
    expect(sum.weight).toBe(1000)
    expect(Math.abs(sum.logLikelihood / whole.logLikelihood - 1)).toBeLessThan(1e-13)
    for (const name of ['counts', 'first', 'second'] as const) {
      expect(largestDifference(sum[name], whole[name])).toBeLessThan(1e-11)
    }
  })
})
