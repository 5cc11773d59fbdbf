import { describe, expect, test } from 'vitest'
import { key, random } from '@variate/core'
import { oldFaithful } from '@variate/data'
import { gaussianMixture, kMeans } from '@variate/models'
import { largestDifference } from '@variate/testing'

const noise = random.normal(key(8), [90, 3], { dtype: 'float64' })
const space = Array.from({ length: 90 }, (_, i) =>
  [0, 1, 2].map((a) => noise.at(i, a) + (i % 3 === a ? 3 : 0)),
)
const plane = (oldFaithful().toNested() as number[][]).map(([eruption, waiting]) => [
  eruption!,
  waiting! / 12,
])

/** The mean squared distance of a coordinate from its mean. */
function varianceOf(x: number[][]): number {
  const d = x[0]!.length
  const means = x[0]!.map((_, a) => x.reduce((sum, row) => sum + row[a]!, 0) / x.length)
  return (
    x.reduce((sum, row) => sum + row.reduce((s, value, a) => s + (value - means[a]!) ** 2, 0), 0) /
    (x.length * d)
  )
}

/** EM for the means alone, of a spherical mixture of equal weights whose variance ε is held fixed. */
function softStep(x: number[][], means: number[][], variance: number) {
  const components = means.length
  const mixture = gaussianMixture({ components, covariance: 'spherical' })
  const { parameters } = mixture
    .algorithm(x, {
      init: { means, weights: means.map(() => 1 / components), covariances: means.map(() => variance) },
    })
    .init(key(0))
  const responsibilities = mixture.density(parameters).responsibilities(x)
  const updated = means.map((mean, k) => {
    const total = x.reduce((sum, _, i) => sum + responsibilities.at(i, k), 0)
    return mean.map((_, a) => x.reduce((sum, row, i) => sum + responsibilities.at(i, k) * row[a]!, 0) / total)
  })
  return { updated, responsibilities: [...responsibilities.data] }
}

describe.each([
  { name: 'Old Faithful', x: plane, clusters: 3 },
  { name: 'clumps in space', x: space, clusters: 4 },
])('k-means on $name', ({ x, clusters }) => {
  const variance = varianceOf(x)
  const start = x.slice(0, clusters)

  /** Each iteration's centres by Lloyd, beside the soft update from the same centres. */
  function compare(epsilon: number) {
    const { init, step } = kMeans({ clusters, method: 'lloyd' }).algorithm(x, { init: start })
    let state = init(key(0))
    const d = x[0]!.length
    const rows = (flat: Float64Array) =>
      Array.from({ length: clusters }, (_, k) => [...flat.subarray(k * d, (k + 1) * d)])
    const steps = []
    for (let shift = Infinity; shift > 0;) {
      const soft = softStep(x, rows(state.centers), epsilon * variance)
      const [next, info] = step(key(0), state)
      steps.push({ ...soft, difference: largestDifference(soft.updated.flat(), next.centers) })
      state = next
      shift = info.shift
    }
    return steps
  }

  test('is the limit of EM for a spherical mixture as its variance shrinks: every iteration is the same', () => {
    const steps = compare(1e-6)
    expect(steps.length).toBeGreaterThan(3)
    for (const { difference, responsibilities } of steps) {
      expect(difference).toBeLessThan(1e-9)
      expect(responsibilities.every((value) => Math.min(value, 1 - value) < 1e-12)).toBe(true)
    }
  })

  test('is not what EM does at a variance that is not small', () => {
    const steps = compare(0.1)
    expect(Math.max(...steps.map(({ difference }) => difference))).toBeGreaterThan(1e-3)
    expect(steps[0]!.responsibilities.some((value) => value > 0.1 && value < 0.9)).toBe(true)
  })
})
