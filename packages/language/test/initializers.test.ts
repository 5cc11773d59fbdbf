import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { key, NdArray } from '@variate/core'
import {
  conv2d,
  convTranspose2d,
  dense,
  glorotNormal,
  glorotUniform,
  gru,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  orthogonal,
  type Initializer,
} from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const [OUT, IN, AREA] = [120, 40, 6]
const [FAN_IN, FAN_OUT] = [IN * AREA, OUT * AREA]

/** The variance that a paper gives, and the fourth moment of the distribution divided by its square. */
const KNOWN: readonly (readonly [name: string, init: Initializer, variance: number, kurtosis: number])[] = [
  ['glorotUniform', glorotUniform, 2 / (FAN_IN + FAN_OUT), 9 / 5],
  ['glorotNormal', glorotNormal, 2 / (FAN_IN + FAN_OUT), 3],
  ['heUniform', heUniform, 2 / FAN_IN, 9 / 5],
  ['heNormal', heNormal, 2 / FAN_IN, 3],
  ['lecunUniform', lecunUniform, 1 / FAN_IN, 9 / 5],
  ['lecunNormal', lecunNormal, 1 / FAN_IN, 3],
]

function meanOf(data: ArrayLike<number>, power: number): number {
  return Array.from(data, (x) => x ** power).reduce((a, b) => a + b) / data.length
}

test.each(KNOWN)(
  '%s has the variance of its paper, and the shape of its distribution',
  (_, init, variance, kurtosis) => {
    const { data, shape } = init(key(0), OUT, IN, AREA)
    expect(shape).toEqual([OUT, FAN_IN])
    const n = data.length
    // Five standard errors each, of the mean and of the variance.
    expect(Math.abs(meanOf(data, 1))).toBeLessThan(5 * Math.sqrt(variance / n))
    expect(Math.abs(meanOf(data, 2) / variance - 1)).toBeLessThan(5 * Math.sqrt((kurtosis - 1) / n))
    // Of fourth powers of a normal the variance is 96.
    expect(Math.abs(meanOf(data, 4) / variance ** 2 - kurtosis)).toBeLessThan(5 * Math.sqrt(96 / n))
  },
)

test('a uniform initialiser stays within its bound, and comes near to it', () => {
  const { data } = glorotUniform(key(1), 30, 50)
  const largest = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  expect(largest).toBeLessThan(Math.sqrt(6 / 80))
  expect(largest).toBeGreaterThan(0.99 * Math.sqrt(6 / 80))
})

test.each([[3, 7], [7, 3], [4, 4]])('orthogonal weights [%i, %i] have orthonormal rows or columns', (outputs, inputs) => {
  const { data } = orthogonal(key(2), outputs, inputs)
  const at = (row: number, column: number): number => data[row * inputs + column]!
  const isWide = outputs <= inputs
  const [few, many] = isWide ? [outputs, inputs] : [inputs, outputs]
  const vector = (i: number): number[] => Array.from({ length: many }, (_, j) => (isWide ? at(i, j) : at(j, i)))
  for (let a = 0; a < few; a++) {
    for (let b = 0; b < few; b++) {
      const product = vector(a).reduce((sum, x, j) => sum + x * vector(b)[j]!, 0)
      expect(product).toBeCloseTo(a === b ? 1 : 0, 6)
    }
  }
}) // prettier-ignore

test('layers count what goes into a sum: inputs, and of convolutions pixels times channels', () => {
  const variance = ({ data }: NdArray): number => meanOf(data, 2)
  const near = (got: number, expected: number): void => {
    expect(got / expected).toBeGreaterThan(0.9)
    expect(got / expected).toBeLessThan(1.1)
  }
  near(variance(dense(50, 80, { activation: 'relu' }).init(key(3)).weights), 2 / 50)
  near(variance(conv2d([8, 8, 12], 30, { activation: 'silu' }).init(key(3)).filter), 2 / (9 * 12))
  near(variance(conv2d([8, 8, 12], 30).init(key(3)).filter), 2 / (9 * (12 + 30)))
  near(variance(convTranspose2d([8, 8, 30], 12, { activation: 'relu' }).init(key(3)).filter), 2 / (9 * 30))
  near(variance(gru([5, 40], 30).init(key(3)).weights), 2 / (40 + 30))
})

test('a filter holds for each channel that comes out what its initialiser gave', () => {
  const rows: Initializer = (_, outputs, inputs, area = 1) => {
    const count = inputs * area
    const data = Float32Array.from(
      { length: outputs * count },
      (__, i) => 100 * Math.floor(i / count) + (i % count),
    )
    return new NdArray(data, [outputs, count])
  }
  const { filter } = conv2d([4, 4, 2], 3, { kernel: [1, 2], init: rows }).init(key(0))
  expect(filter.shape).toEqual([1, 2, 2, 3])
  expect([...filter.data]).toEqual([0, 100, 200, 1, 101, 201, 2, 102, 202, 3, 103, 203])
  const transposed = convTranspose2d([4, 4, 2], 3, { kernel: [1, 2], init: rows }).init(key(0)).filter
  expect(transposed.shape).toEqual([1, 2, 3, 2])
  expect([...transposed.data]).toEqual([0, 1, 100, 101, 200, 201, 2, 3, 102, 103, 202, 203])
})
