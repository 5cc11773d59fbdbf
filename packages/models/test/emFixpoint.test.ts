import { describe, expect, test } from 'vitest'
import { key, random } from '@variate/core'
import { oldFaithful } from '@variate/data'
import { gaussianMixture, type Covariance, type GaussianMixtureFit } from '@variate/models'
import { centralDifference } from '@variate/testing'

const FORMS: readonly Covariance[] = ['full', 'tied', 'diagonal', 'spherical']

/** Old Faithful in units in which both columns have about the same spread, and clumps in three dimensions. */
const plane = oldFaithful().toNested() as number[][]
const scaled = plane.map(([eruption, waiting]) => [eruption!, waiting! / 12])
const noise = random.normal(key(5), [150, 3], { dtype: 'float64' })
const space = Array.from({ length: 150 }, (_, i) =>
  [0, 1, 2].map((a) => noise.at(i, a) + 4 * (i % 3 === a ? 1 : 0)),
)

/** log p(x) of a mixture by its definition, with every parameter free. */
function logLikelihood(
  x: number[][],
  weights: number[],
  means: number[][],
  covariances: number[][][],
): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return x.reduce((sum, row) => {
    const densities = weights.map((weight, k) => (weight / total) * gaussian(row, means[k]!, covariances[k]!))
    return sum + Math.log(densities.reduce((a, b) => a + b, 0))
  }, 0)
}

function gaussian(x: number[], mean: number[], covariance: number[][]): number {
  const d = x.length
  const rows = covariance.map((row, a) => [...row, x[a]! - mean[a]!])
  let determinant = 1
  for (let p = 0; p < d; p++) {
    determinant *= rows[p]![p]!
    for (let q = p + 1; q < d; q++) {
      const factor = rows[q]![p]! / rows[p]![p]!
      for (let c = p; c <= d; c++) rows[q]![c]! -= factor * rows[p]![c]!
    }
  }
  const solved = Array.from({ length: d }, () => 0)
  for (let p = d - 1; p >= 0; p--) {
    let value = rows[p]![d]!
    for (let c = p + 1; c < d; c++) value -= rows[p]![c]! * solved[c]!
    solved[p] = value / rows[p]![p]!
  }
  const square = solved.reduce((sum, value, a) => sum + value * (x[a]! - mean[a]!), 0)
  return Math.exp(-square / 2) / Math.sqrt((2 * Math.PI) ** d * determinant)
}

/** The covariances of a fit as full matrices, one a component. */
function fullCovariances({
  covariance,
  covariances,
  components,
  dimension: d,
}: GaussianMixtureFit): number[][][] {
  const element = (k: number, a: number, b: number): number => {
    if (covariance === 'full') return covariances.at(k, a, b)
    if (covariance === 'tied') return covariances.at(a, b)
    if (a !== b) return 0
    return covariance === 'diagonal' ? covariances.at(k, a) : covariances.at(k)
  }
  return Array.from({ length: components }, (_, k) =>
    Array.from({ length: d }, (_, a) => Array.from({ length: d }, (_, b) => element(k, a, b))),
  )
}

/** Directions in which the covariances of a form may move: one list of [k, a, b] for each free parameter. */
function directions({
  covariance,
  components,
  dimension: d,
}: GaussianMixtureFit): [number, number, number][][] {
  const all = Array.from({ length: components }, (_, k) => k)
  const axes = Array.from({ length: d }, (_, a) => a)
  const pairs = axes.flatMap((a) => axes.slice(0, a + 1).map((b) => [a, b] as const))
  const entry = (k: number, a: number, b: number): [number, number, number][] =>
    a === b
      ? [[k, a, a]]
      : [
          [k, a, b],
          [k, b, a],
        ]
  switch (covariance) {
    case 'full':
      return all.flatMap((k) => pairs.map(([a, b]) => entry(k, a, b)))
    case 'tied':
      return pairs.map(([a, b]) => all.flatMap((k) => entry(k, a, b)))
    case 'diagonal':
      return all.flatMap((k) => axes.map((a) => entry(k, a, a)))
    case 'spherical':
      return all.map((k) => axes.flatMap((a) => entry(k, a, a)))
  }
}

const problems = FORMS.flatMap((covariance) => [
  { covariance, name: 'the plane', x: scaled, components: 2 },
  { covariance, name: 'space', x: space, components: 3 },
])

describe.each(problems)(
  'at the fixpoint of EM, $covariance covariance, data in $name',
  ({ covariance, x, components }) => {
    const fitted = gaussianMixture({ components, covariance }).fit(x, {
      restarts: 3,
      tolerance: 1e-15,
      maxIterations: 5000,
    })
    // The gradient of a sum over n observations, by differences with an error of about 1e-9 of its terms.
    const zero = 1e-5 * x.length

    test('the log-likelihood is that of the definition', async () => {
      const fit = await fitted
      const value = logLikelihood(
        x,
        [...fit.weights.data],
        fit.means.toNested() as number[][],
        fullCovariances(fit),
      )
      expect(Math.abs(fit.logLikelihood / value - 1)).toBeLessThan(1e-12)
    })

    test('its gradient in every mean vanishes', async () => {
      const fit = await fitted
      const means = fit.means.toNested() as number[][]
      for (const [k, mean] of means.entries()) {
        for (const [a, value] of mean.entries()) {
          const at = (moved: number) => {
            const others = means.map((row, j) => (j === k ? row.with(a, moved) : row))
            return logLikelihood(x, [...fit.weights.data], others, fullCovariances(fit))
          }
          expect(Math.abs(centralDifference(at, value))).toBeLessThan(zero)
        }
      }
    })

    test('its gradient in every weight vanishes along the simplex', async () => {
      const fit = await fitted
      const weights = [...fit.weights.data]
      for (const [k, weight] of weights.entries()) {
        const at = (moved: number) => {
          return logLikelihood(
            x,
            weights.with(k, moved),
            fit.means.toNested() as number[][],
            fullCovariances(fit),
          )
        }
        expect(Math.abs(centralDifference(at, weight))).toBeLessThan(zero)
      }
    })

    test('its gradient in every free element of the covariances vanishes', async () => {
      const fit = await fitted
      const covariances = fullCovariances(fit)
      for (const direction of directions(fit)) {
        const at = (step: number) => {
          const moved = structuredClone(covariances)
          for (const [k, a, b] of direction) moved[k]![a]![b]! += step
          return logLikelihood(x, [...fit.weights.data], fit.means.toNested() as number[][], moved)
        }
        expect(Math.abs(centralDifference(at, 0))).toBeLessThan(zero)
      }
    })

    test('every mean lies in the convex hull of the data, as an average of them by responsibilities', async () => {
      const fit = await fitted
      const responsibilities = fit.responsibilities(x)
      for (let k = 0; k < components; k++) {
        const shares = x.map((_, i) => responsibilities.at(i, k))
        expect(shares.every((share) => share >= 0)).toBe(true)
        const total = shares.reduce((sum, share) => sum + share, 0)
        for (let a = 0; a < fit.dimension; a++) {
          const average = x.reduce((sum, row, i) => sum + (shares[i]! / total) * row[a]!, 0)
          expect(Math.abs(average - fit.means.at(k, a))).toBeLessThan(1e-6)
        }
      }
    })
  },
)
