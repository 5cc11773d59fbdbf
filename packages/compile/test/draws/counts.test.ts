import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { key } from '@variate/core'
import * as ops from '@variate/core/ops'
import { batch, compile } from '../../src/index.ts'
import { COUNT, differences, ways, type DrawOf } from './sameDraws.ts'

const binomial: DrawOf = (k, n, p) => ops.drawBinomial(k, [COUNT], n!, p!)
const hypergeometric: DrawOf = (k, good, bad, taken) =>
  ops.drawHypergeometric(k, [COUNT], good!, bad!, taken!)

describe.each(['float32', 'float64'] as const)('compiled in %s', (precision) => {
  const TRIALS = [0, 5, 1, 12, 30, 100, 100, 1000, 20, 1e6, 1e6, 1e9, 7, 40]
  const PROBS = [0.3, 0, 1, 0.5, 0.9, 0.2, 0.8, 0.013, 0.5, 0.999999, 1e-6, 0.4, 1e-30, 0.25]
  test.each(ways([TRIALS, PROBS]).map((given) => [given]))(
    'binomial draws are those of core: %j',
    (given) => {
      expect(differences(binomial, given, precision)).toEqual([])
    },
  )

  const GOOD = [5, 0, 7, 30, 500, 300, 10, 1e6, 2000, 1, 0, 60, 0]
  const BAD = [3, 6, 0, 70, 400, 1000, 1e6, 1e6, 30, 1, 0, 50, 4]
  const TAKEN = [4, 3, 5, 100, 300, 1100, 5e5, 1e6, 1000, 1, 0, 55, 0]
  test.each(ways([GOOD, BAD, TAKEN]).map((given) => [given]))(
    'hypergeometric draws are those of core: %j',
    (given) => {
      expect(differences(hypergeometric, given, precision)).toEqual([])
    },
  )

  test('multinomial draws of one row, of many trials and of few', () => {
    const probs = { data: [0.1, 0.25, 0, 0.4, 0.05, 0.2] }
    for (const total of [0, 1, 17, 250, 1e7]) {
      const draw: DrawOf = (k, n, p) => ops.drawMultinomial(k, [501, 6], n!, p!)
      expect(differences(draw, [{ data: [total], shape: [] }, probs], precision)).toEqual([])
    }
  })

  test('multinomial draws of rows and of totals for each', () => {
    const probs = {
      data: [0.1, 0.9, 0, 0.4, 0.3, 0.3, 1, 0, 0, 5, 2, 3, 0, 0, 1, 0.7, 0.2, 0.1],
      shape: [6, 3],
    }
    const totals = { data: [3, 60, 700, 10, 0, 1e6], shape: [6] }
    const draw: DrawOf = (k, n, p) => ops.drawMultinomial(k, [70, 6, 3], n!, p!)
    expect(differences(draw, [totals, probs], precision)).toEqual([])
    expect(differences(draw, [{ data: [90], shape: [1] }, probs], precision)).toEqual([])
    const one: DrawOf = (k, n, p) => ops.drawMultinomial(k, [70, 6, 3], n!, p!)
    expect(differences(one, [totals, { data: [0.2, 0.3, 0.5] }], precision)).toEqual([])
  })

  test('rows of probabilities that elements of a batch share', () => {
    const probs = { data: [0.1, 0.9, 0, 0.4, 0.3, 0.3], shape: [2, 3] }
    const draw: DrawOf = (k, n, p) =>
      batch((total: tf.Tensor) => ops.drawMultinomial(k, [2, 3], total, p!), { axes: [0] })(n!)
    expect(differences(draw, [{ data: [3, 60, 700, 10] }, probs], precision)).toEqual([])
  })

  test('few draws, and none', () => {
    const [n, p] = [
      { data: [50], shape: [] },
      { data: [0.4], shape: [] },
    ]
    for (const shape of [[], [1], [0, 4]]) {
      expect(differences((k, a, b) => ops.drawBinomial(k, shape, a!, b!), [n, p], precision)).toEqual([])
      const row = { data: [0.3, 0.7] }
      const rows: DrawOf = (k, a, b) => ops.drawMultinomial(k, [...shape, 2], a!, b!)
      expect(differences(rows, [n, row], precision)).toEqual([])
    }
  })
})

const words = Int32Array.from(key(0))

test('parameters out of domain, and counts that int32 does not hold, are told of as by core', () => {
  const binomials = compile((k: tf.Tensor, n: tf.Tensor, p: tf.Tensor) => ops.drawBinomial(k, [5], n, p), {
    engine: 'wasm',
  })
  for (const [n, p] of [
    [2.5, 0.3],
    [-1, 0.3],
    [4, 1.5],
    [4, -0.1],
    [4, NaN],
    [Infinity, 0.5],
  ] as const)
    // prettier-ignore
    expect(() => binomials(words, tf.scalar(n), tf.scalar(p))).toThrow(/binomial: draw 0 of total .* is NaN/)
  expect(() => binomials(words, tf.scalar(1e12), tf.scalar(0.5))).toThrow(/draw 0 .* counts are int32/)
  const hypergeometrics = compile(
    (k: tf.Tensor, good: tf.Tensor, bad: tf.Tensor, taken: tf.Tensor) =>
      ops.drawHypergeometric(k, [5], good, bad, taken),
    { engine: 'wasm' },
  )
  for (const [good, bad, taken] of [
    [2, 3, 6],
    [2.5, 3, 1],
    [2, -3, 1],
    [2, 3, NaN],
  ] as const)
    // prettier-ignore
    expect(() => hypergeometrics(words, tf.scalar(good), tf.scalar(bad), tf.scalar(taken))).toThrow('is NaN')
  const multinomials = compile(
    (k: tf.Tensor, n: tf.Tensor, p: tf.Tensor) => ops.drawMultinomial(k, [4, 2], n, p),
    {
      engine: 'wasm',
    },
  )
  expect(() => multinomials(words, tf.scalar(-3), tf.tensor1d([0.5, 0.5]))).toThrow('multinomial: draw 0 of total -3 is NaN') // prettier-ignore
  expect(() => multinomials(words, tf.scalar(3), tf.tensor1d([0, 0]))).toThrow('multinomial: draw 0')
})

/** Σ (seen − expected)²/expected of counts that come up `expected` times or more, the others taken together. */
function chiSquare(draws: ArrayLike<number>, probability: (k: number) => number): readonly [number, number] {
  const seen = new Map<number, number>()
  for (const k of Array.from(draws)) seen.set(k, (seen.get(k) ?? 0) + 1)
  let [sum, cells, restSeen, restExpected] = [0, 0, draws.length, draws.length]
  for (let k = 0; k < 200; k++) {
    const expected = draws.length * probability(k)
    if (expected < 20) continue
    const count = seen.get(k) ?? 0
    sum += (count - expected) ** 2 / expected
    cells++
    restSeen -= count
    restExpected -= expected
  }
  return [sum + (restSeen - restExpected) ** 2 / Math.max(restExpected, 1), cells]
}

test('binomial and hypergeometric draws come up as often as their probabilities say', () => {
  const logChoose = (n: number, k: number): number => {
    const logs = Array.from({ length: k }, (_, i) => Math.log((n - i) / (i + 1)))
    return logs.reduce((a, b) => a + b, 0)
  }
  const f = compile((k: tf.Tensor) => [
    ops.drawBinomial(k, [100_000], 60, 0.3),
    ops.drawHypergeometric(k, [100_000], 60, 50, 55),
  ])
  tf.tidy(() => {
    const [counts, taken] = f(words)
    const ofBinomial = (k: number): number =>
      k > 60 ? 0 : Math.exp(logChoose(60, k) + k * Math.log(0.3) + (60 - k) * Math.log(0.7))
    const ofHypergeometric = (k: number): number =>
      k < 5 || k > 55 ? 0 : Math.exp(logChoose(60, k) + logChoose(50, 55 - k) - logChoose(110, 55))
    for (const [sum, cells] of [
      chiSquare(counts!.dataSync(), ofBinomial),
      chiSquare(taken!.dataSync(), ofHypergeometric),
    ]) {
      // 4.3 standard deviations of χ² above its mean.
      expect(sum).toBeLessThan(cells + 4.3 * Math.sqrt(2 * cells))
    }
  })
})
