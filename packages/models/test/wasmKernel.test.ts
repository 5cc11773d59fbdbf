import { describe, expect, test } from 'vitest'
import { largestDifference } from '@variate/testing'
import type { MixtureData } from '../src/gaussianMixture/block.ts'
import { logCertainty } from '../src/gaussianMixture/evaluate.ts'
import { expectation } from '../src/gaussianMixture/expectation.ts'
import type { Mixture } from '../src/gaussianMixture/mixture.ts'
import { plainKernel } from '../src/gaussianMixture/plainKernel.ts'
import { wasmKernel } from '../src/gaussianMixture/wasm/wasmKernel.ts'
import { FORMS, mixtureOf, pointsAbout } from './mixtures.ts'

// The kernel in plain JavaScript is held to the definitions in expectation.test.ts; that of WebAssembly is held to it.

/** The largest relative difference of anything that an E-step gives by the two kernels. */
function difference(data: MixtureData, mixture: Mixture): number {
  const [plain, wasm] = [plainKernel(mixture, data.rows), wasmKernel(mixture)!]
  const [expected, actual] = [plain, wasm].map((kernel) => expectation(data, mixture, kernel)) as [
    ReturnType<typeof expectation>,
    ReturnType<typeof expectation>,
  ]
  const certainty = [plain, wasm].map((kernel) => logCertainty(mixture, data, kernel)) as [number, number]
  return Math.max(
    Math.abs(actual.logLikelihood / expected.logLikelihood - 1),
    Math.abs(certainty[1] - certainty[0]) / Math.max(1, Math.abs(certainty[0])),
    ...(['counts', 'first', 'second'] as const).map((name) =>
      largestDifference(actual[name], expected[name]),
    ),
  )
}

const dimensions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 30]
const cases = FORMS.flatMap((covariance) => dimensions.map((d) => ({ covariance, d })))

describe.each(cases)('the kernel of WebAssembly with $covariance covariance in $d dimensions', (shape) => {
  const { covariance, d } = shape
  const mixture = mixtureOf(covariance, 4, d)

  // Blocks hold 104 to 504 points, in eights: one short, whole eights or not, several blocks with a rest.
  test.each([1, 2, 7, 8, 9, 104, 504, 1537])('gives what the plain one gives for %i points', (rows) => {
    expect(difference({ x: pointsAbout(mixture, rows), rows }, mixture)).toBeLessThan(1e-12)
  })

  test('gives what the plain one gives for weighted and for known observations', () => {
    const rows = 605
    const x = pointsAbout(mixture, rows)
    const weights = Float64Array.from({ length: rows }, (_, i) => ((i % 4) + 0.5) / 2)
    const labels = Int32Array.from({ length: rows }, (_, i) => (i % 5 === 0 ? i % 3 : -1))
    expect(difference({ x, rows, weights }, mixture)).toBeLessThan(1e-12)
    expect(difference({ x, rows, labels }, mixture)).toBeLessThan(1e-12)
    expect(difference({ x, rows, weights, labels }, mixture)).toBeLessThan(1e-12)
  })

  test('gives what the plain one gives for components far apart, which few points take part in', () => {
    const apart = mixtureOf(covariance, 4, d, 40)
    const rows = 1001
    expect(difference({ x: pointsAbout(apart, rows), rows }, apart)).toBeLessThan(1e-12)
  })
})

test('one component has every point, with a responsibility of exactly 1', () => {
  for (const covariance of FORMS) {
    const mixture = mixtureOf(covariance, 1, 10)
    const { counts } = expectation({ x: pointsAbout(mixture, 333), rows: 333 }, mixture, wasmKernel(mixture))
    expect(counts).toEqual(Float64Array.of(333))
  }
})

test('a component that no point is near keeps what responsibilities it has', () => {
  const mixture = mixtureOf('full', 2, 3)
  // So far from the second component that no responsibility reaches 2^−100, and all are normal numbers.
  const [a, b] = [mixture.means.subarray(0, 3), mixture.means.subarray(3)]
  const x = Float64Array.from(
    { length: 600 },
    (_, at) => a[at % 3]! + 60 * (a[at % 3]! - b[at % 3]!) + Math.sin(at),
  )
  const data = { x, rows: 200 }
  const { counts } = expectation(data, mixture, wasmKernel(mixture))
  const least = Math.min(...counts)
  expect(least).toBeGreaterThan(0)
  expect(least).toBeLessThan(2 ** -90)
  expect(difference(data, mixture)).toBeLessThan(1e-11)
})

test('points whose density overflows make the log-likelihood NaN, as in the plain kernel', () => {
  for (const covariance of FORMS) {
    const mixture = mixtureOf(covariance, 2, 2)
    const data = { x: Float64Array.of(1, 2, 1e200, 0, 3, 4), rows: 3 }
    for (const kernel of [wasmKernel(mixture)!, plainKernel(mixture, 3)])
      expect(expectation(data, mixture, kernel).logLikelihood).toBeNaN()
  }
})
