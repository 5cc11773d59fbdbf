import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { key, special, UnsupportedError } from '../../src/index.ts'
import * as ops from './all.ts'
import type { Draw } from '../../src/ops/draws/defineDraw.ts'
import { truncatedOrigin } from '../../src/special/truncatedNormal.ts'

/** What `generate-student-t.py` wrote. */
const { rows } = JSON.parse(readFileSync(new URL('../oracles/student-t.json', import.meta.url), 'utf8')) as {
  readonly rows: readonly (readonly [number, number, number, number, number])[]
}

interface Family {
  readonly name: string
  readonly draw: Draw
  /** In float64. */
  readonly cdf: (x: number, ...parameters: readonly number[]) => number
  readonly parameters: readonly (readonly number[])[]
}

const number = (x: unknown): number => x as number
const families: readonly Family[] = [
  {
    name: 'gamma',
    draw: ops.drawGamma,
    cdf: (x, a) => special.gammainc(a!, x),
    parameters: [[0.3], [1], [2.5], [40]],
  },
  {
    name: 'gamma with its rate',
    draw: ops.drawGamma,
    cdf: (x, a, rate) => special.gammainc(a!, x * rate!),
    parameters: [
      [0.3, 2],
      [2.5, 0.1],
      [40, 3],
    ],
  },
  {
    name: 'log gamma',
    draw: ops.drawLogGamma,
    cdf: (y, a) => special.gammainc(a!, Math.exp(y)),
    parameters: [[0.3], [1], [2.5], [40]],
  },
  {
    name: 'studentT',
    draw: ops.drawStudentT,
    cdf: (z, df) => number(ops.studentTCdf(z, df!)),
    parameters: [[0.7], [1], [3.5], [40]],
  },
  {
    name: 'log odds',
    draw: ops.drawLogOdds,
    cdf: (t, a, b) => special.betainc(a!, b!, 1 / (1 + Math.exp(-t))),
    parameters: [
      [0.4, 3],
      [2, 1.5],
      [12, 30],
    ],
  },
  {
    name: 'vonMises',
    draw: ops.drawVonMises,
    cdf: (x, kappa) => special.vonMisesCdf(x, kappa!),
    parameters: [[0.3], [2], [30]],
  },
  {
    name: 'inverseGaussian',
    draw: ops.drawInverseGaussian,
    cdf: (x, mean, concentration) => number(ops.inverseGaussianCdf(mean!, concentration!, x)),
    parameters: [
      [1, 1],
      [0.5, 4],
      [3, 0.7],
    ],
  },
  {
    name: 'truncatedNormal',
    draw: ops.drawTruncatedNormal,
    cdf: (v, a, w) => {
      const z = v + truncatedOrigin(a!, w!)
      return (special.ndtr(z) - special.ndtr(a!)) / (special.ndtr(a! + w!) - special.ndtr(a!))
    },
    parameters: [
      [-1, 3],
      [0.5, 1],
      [1, 6],
    ],
  },
  {
    name: 'skewNormal',
    draw: ops.drawSkewNormal,
    cdf: (z, shape) => number(ops.skewNormalCdf(z, shape!)),
    parameters: [[0.5], [-2], [4]],
  },
]

const cases = families.flatMap(({ name, draw, cdf, parameters }) =>
  parameters.flatMap((at) => [1, 2, 3].map((seed) => ({ name, draw, cdf, at, seed }))),
)

describe('draws, twice differentiated', () => {
  it.each(cases)('of $name($at), seed $seed, move so that their probability stays', (item) => {
    const { draw, cdf, at, seed } = item
    const drawn = (...p: tf.Tensor[]): tf.Scalar => ops.sum(draw(key(seed), [], ...p)) as tf.Scalar
    const inputs = at.map((x) => tf.scalar(x))
    const at32 = inputs.map((x) => x.dataSync()[0]!)
    const start = drawn(...inputs).dataSync()[0]!
    const level = cdf(start, ...at32)
    const steps = at32.map((x) => 2e-3 * Math.abs(x))
    /** The draw at parameters that are moved by whole steps. */
    const moved = (i: number, di: number, j: number, dj: number): number => {
      const to = at32.map((x, k) => x + steps[k]! * ((k === i ? di : 0) + (k === j ? dj : 0)))
      return solve((x) => cdf(x, ...to) - level, start)
    }
    at32.forEach((_, i) => {
      const first = (...p: tf.Tensor[]): tf.Scalar => tf.grads(drawn)(p)[i]! as tf.Scalar
      const h = steps[i]!
      // Five points each, whose errors are of order h⁴.
      const [a, b, c, d] = [-2, -1, 1, 2].map((n) => moved(i, n, i, 0)) as [number, number, number, number]
      const slope = (8 * (c - b) - (d - a)) / (12 * h)
      expect(errorOf(first(...inputs), slope)).toBeLessThan(1e-5)
      const seconds = tf.grads(first)(inputs)
      at32.forEach((_j, j) => {
        const k = steps[j]!
        const difference =
          i === j
            ? (16 * (b + c) - (a + d) - 30 * start) / (12 * h * h)
            : (moved(i, 1, j, 1) - moved(i, 1, j, -1) - moved(i, -1, j, 1) + moved(i, -1, j, -1)) /
              (4 * h * k)
        expect(errorOf(seconds[j]!, difference)).toBeLessThan(1e-4)
      })
    })
  })

  it.each(rows)('of studentT at the level %d with %d degrees move as in mpmath', (p, df, z, once, twice) => {
    const quantile = (n: tf.Tensor): tf.Tensor => ops.studentTQuantile(tf.scalar(p), n) as tf.Tensor
    const slope = tf.grad(quantile)
    expect(number(ops.studentTQuantile(p, df)) / z).toBeCloseTo(1, 9)
    // One is beyond float32, and infinite there.
    const error = (got: tf.Tensor, expected: number): number =>
      got.dataSync()[0] === Math.fround(expected) ? 0 : Math.abs(got.dataSync()[0]! / expected - 1)
    expect(error(slope(tf.scalar(df)), once)).toBeLessThan(1e-5)
    expect(error(tf.grad(slope)(tf.scalar(df)), twice)).toBeLessThan(1e-5)
  })

  it('are smooth where the t distribution becomes the normal one', () => {
    const slope = (df: number): number =>
      tf
        .grad((n: tf.Tensor) => ops.studentTQuantile(tf.scalar(0.1), n) as tf.Tensor)(tf.scalar(df))
        .dataSync()[0]!
    expect((slope(1.1e8) * 1.1 ** 2) / (slope(0.9e8) * 0.9 ** 2)).toBeCloseTo(1, 4)
  })
})

describe('draws, differentiated three times', () => {
  const third = (draw: Draw): tf.Tensor => {
    const first = tf.grad((a: tf.Tensor) => draw(key(0), [], a))
    const second = tf.grad((a: tf.Tensor) => first(a))
    return tf.grad((a: tf.Tensor) => second(a))(tf.scalar(2.5))
  }

  it.each([
    [ops.drawGamma, 'drawGamma: the third derivative of a draw in the concentration is not available'],
    [ops.drawStudentT, 'studentT: the third derivative of the cdf, or of a draw, in df is not available'],
    [
      ops.drawVonMises,
      'vonMises: the third derivative of the cdf, or of a draw, in the concentration is not available',
    ],
  ])('say what is missing and what there is instead, %#', (draw, message) => {
    expect(() => third(draw)).toThrow(UnsupportedError)
    expect(() => third(draw)).toThrow(`${message}: take central differences of the derivatives before it`)
  })
})

/** The root of an increasing function near `start`: by bisection, to the last digit. */
function solve(f: (x: number) => number, start: number): number {
  let reach = 1e-3 * Math.max(Math.abs(start), 1e-3)
  while (f(start - reach) > 0 || f(start + reach) < 0) reach *= 2
  let [low, high] = [start - reach, start + reach]
  for (let i = 0; i < 200 && low < high; i++) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (f(middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** As a part of the greater of 1 and what is expected. */
function errorOf(got: tf.Tensor, expected: number): number {
  return Math.abs(got.dataSync()[0]! - expected) / Math.max(1, Math.abs(expected))
}
