import { describe, expect, test } from 'vitest'
import { iris } from '@variate/data'
import { gaussianMixture, type Covariance } from '@variate/models'
import { largestDifference } from '@variate/testing'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']
const { measurements, species } = iris()
const rows = measurements.toNested() as number[][]
const labels = [...species.data]
const members = (k: number) => rows.filter((_, i) => labels[i] === k)
const mean = (points: number[][], a: number) => points.reduce((sum, row) => sum + row[a]!, 0) / points.length
const scatter = (points: number[][], a: number, b: number) =>
  points.reduce((sum, row) => sum + (row[a]! - mean(points, a)) * (row[b]! - mean(points, b)), 0)

describe.each(FORMS)('where every component is known, %s covariance', (covariance) => {
  const model = gaussianMixture({ components: 3, covariance })

  test('one M-step gives the maximum-likelihood estimate: group shares, means and covariances', async () => {
    const fit = await model.fit(measurements, { labels, maxIterations: 1, tolerance: 0 })
    const groups = [0, 1, 2].map(members)
    const axes = [0, 1, 2, 3]
    const pooled = (a: number, b: number) => groups.reduce((sum, group) => sum + scatter(group, a, b), 0)
    const expected = {
      full: groups.flatMap((group) =>
        axes.flatMap((a) => axes.map((b) => scatter(group, a, b) / group.length)),
      ),
      tied: axes.flatMap((a) => axes.map((b) => pooled(a, b) / rows.length)),
      diagonal: groups.flatMap((group) => axes.map((a) => scatter(group, a, a) / group.length)),
      spherical: groups.map(
        (group) => axes.reduce((sum, a) => sum + scatter(group, a, a), 0) / (4 * group.length),
      ),
    }
    const shares = groups.map((group) => group.length / rows.length)
    const means = groups.flatMap((group) => axes.map((a) => mean(group, a)))
    expect(largestDifference(fit.weights.data, shares)).toBeLessThan(1e-13)
    expect(largestDifference(fit.means.data, means)).toBeLessThan(1e-13)
    expect(largestDifference(fit.covariances.data, expected[covariance])).toBeLessThan(1e-13)
  })

  test('there is nothing left to do after it', async () => {
    const fit = await model.fit(measurements, { labels, tolerance: 1e-12 })
    expect(fit.iterations).toBe(1)
    expect(fit.termination.kind).toBe('converged')
  })

  test('the log-likelihood is that of the complete data', async () => {
    const fit = await model.fit(measurements, { labels })
    const [logProb, responsibilities] = [fit.logProb(measurements), fit.responsibilities(measurements)]
    const complete = labels.reduce(
      (sum, k, i) => sum + logProb.at(i) + Math.log(responsibilities.at(i, k)),
      0,
    )
    expect(fit.logLikelihood).toBeCloseTo(complete, 8)
  })
})

describe('where some components are known', () => {
  // Ten flowers of each species are known; the components keep the numbers that these give them.
  const some = labels.map((label, i) => (i % 5 === 0 ? label : null))
  const swapped = some.map((label) => (label === null ? null : 2 - label))
  const model = gaussianMixture({ components: 3 })

  test('they stay fixed, and the others find their species', async () => {
    const fit = await model.fit(measurements, { labels: some })
    const predicted = fit.predict(measurements).data
    const right = labels.filter((label, i) => predicted[i] === label).length
    // EM without labels finds 145 of 150 (McLachlan & Peel 2000, §3.9); known flowers can only help.
    expect(right).toBeGreaterThanOrEqual(145)
    // A known flower has its own density and weight in the likelihood, an unknown one the mixture's.
    const [logProb, responsibilities] = [fit.logProb(measurements), fit.responsibilities(measurements)]
    const complete = some.reduce<number>((sum, label, i) => {
      return sum + logProb.at(i) + (label === null ? 0 : Math.log(responsibilities.at(i, label)))
    }, 0)
    expect(fit.logLikelihood).toBeCloseTo(complete, 8)
    // What a component holds is its known flowers, and its share of the unknown ones.
    const shareOf = (label: number | null, i: number, k: number) =>
      label === null ? responsibilities.at(i, k) : Number(label === k)
    for (const k of [0, 1, 2]) {
      const held = some.reduce<number>((sum, label, i) => sum + shareOf(label, i, k), 0)
      expect(fit.counts.at(k)).toBeCloseTo(held, 6)
    }
  })

  test('components are numbered as the labels say, not in canonical order', async () => {
    const [fit, other] = [
      await model.fit(measurements, { labels: some }),
      await model.fit(measurements, { labels: swapped }),
    ]
    expect(other.logLikelihood).toBeCloseTo(fit.logLikelihood, 6)
    for (const k of [0, 1, 2]) expect(other.means.at(2 - k, 0)).toBeCloseTo(fit.means.at(k, 0), 4)
  })

  test('the likelihood never falls with labels and weights together', async () => {
    const weights = rows.map((_, i) => (i % 3) + 0.5)
    const fit = await model.fit(measurements, { labels: some, weights, tolerance: 0, maxIterations: 50 })
    fit.history.forEach(({ gain }) => expect(gain).toBeGreaterThan(-1e-12))
  })
})
