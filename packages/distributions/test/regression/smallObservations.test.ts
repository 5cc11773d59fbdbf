import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { beta, dirichlet, gamma, inverseGamma } from '../../src/index.ts'

function error(actual: unknown, expected: number): number {
  return Math.abs((actual as number) / expected - 1)
}

describe('the most likely parameters for observations next to an edge', () => {
  // mpmath: findroot of log a − ψ(a) = log mean x − mean log x
  test.each([
    [[1e-8, 1, 2], 0.132400645],
    [[1e-7, 1, 2], 0.149547084],
    [[1e-30, 1, 2], 0.0391853955],
    [[1, 2], 8.65349143],
  ])('gamma %j', (x, concentration) =>
    expect(error(gamma(1, 1).fit(x).concentration, concentration)).toBeLessThan(2e-6),
  )

  test('inverseGamma', () => {
    const { concentration, rate } = inverseGamma(1, 1).fit([1e8, 1, 0.5])
    expect(error(concentration, 0.132400645)).toBeLessThan(2e-6)
    expect(error(rate, 0.132400644)).toBeLessThan(2e-6)
  })

  // mpmath: findroot of ψ(a) − ψ(a + b) = mean log x, ψ(b) − ψ(a + b) = mean log(1 − x)
  test.each([
    [[1e-9, 0.5, 0.7], 0.115301144, 0.415895891],
    [[1e-20, 0.5, 0.7], 0.0546561127, 0.283249731],
    [[0.25, 0.75], 1.95389473, 1.95389473],
  ])('beta %j', (x, a, b) => {
    const { concentration1, concentration0 } = beta(1, 1).fit(x)
    expect(error(concentration1, a)).toBeLessThan(2e-6)
    expect(error(concentration0, b)).toBeLessThan(2e-6)
  })

  test('dirichlet of two', () => {
    const x = [1e-9, 0.5, 0.7].map((first) => [first, 1 - first])
    const { data } = dirichlet([1, 1]).fit(x).concentration as unknown as { readonly data: Float32Array }
    expect(error(data[0], 0.115301144)).toBeLessThan(2e-6)
    expect(error(data[1], 0.415895891)).toBeLessThan(2e-6)
  })
})

describe('observations of weight 0 at an edge are ignored', () => {
  const weights = [1, 0, 1]

  test('gamma', () =>
    expect(error(gamma(1, 1).fit([1, 0, 2], { weights }).concentration, 8.65349143)).toBeLessThan(2e-6))

  test.each([0, 1])('beta at %d', (edge) => {
    const { concentration1, concentration0 } = beta(1, 1).fit([0.25, edge, 0.75], { weights })
    expect(error(concentration1, 1.95389473)).toBeLessThan(2e-6)
    expect(error(concentration0, 1.95389473)).toBeLessThan(2e-6)
  })

  test('dirichlet', () => {
    const x = [0.25, 1, 0.75].map((first) => [first, 1 - first])
    const { data } = dirichlet([1, 1]).fit(x, { weights }).concentration as unknown as {
      readonly data: Float32Array
    }
    expect(error(data[0], 1.95389473)).toBeLessThan(2e-6)
    expect(error(data[1], 1.95389473)).toBeLessThan(2e-6)
  })
})
