import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { DomainError, ShapeError, UnsupportedError } from '../../src/index.ts'
import * as ops from './all.ts'
import { checkDerivatives, checkMixedDerivatives, checkValues } from './elementwiseLaws.ts'

const near = [-2.5, -0.7, 0.3, 1.9]
const positive = [0.02, 0.7, 3.4, 25]
const unit = [0.03, 0.4, 0.95]
const inside = [-0.9, -0.2, 0.6]
const pairs = [
  [0.7, 1.3],
  [2.5, 0.4],
  [12, 30],
]
const one = (xs: readonly number[]): number[][] => xs.map((x) => [x])

/** Each smooth op, and points of its domain. */
const smooth: Readonly<Record<string, readonly (readonly number[])[]>> = {
  abs: one(near),
  add: pairs,
  asin: one(inside),
  atan: one(near),
  atanh: one(inside),
  cos: one(near),
  digamma: one(positive),
  digammaDifference: pairs,
  div: pairs,
  erf: one(near),
  erfc: one(near),
  erfcx: one(near),
  erfinv: one(inside),
  exp: one(near),
  expm1: one(near),
  i0e: one([...near, 40]),
  i1e: one([...near, 40]),
  lbeta: pairs,
  lgamma: one([...positive, -0.4]),
  lgammaDivergence: pairs,
  log: one(positive),
  log1mexp: one([-3, -0.5, -0.01]),
  log1p: one([...positive, -0.5]),
  logAddExp: [...pairs, [3, 3], [-50, 50]],
  logBinomialDensity: [
    [3, 10, 0.4],
    [7.5, 9.1, -2],
  ],
  logGammaDensity: [...pairs, [1, 2]],
  logMinusDigamma: pairs,
  logNdtr: one([...near, -12, 6]),
  logNegativeBinomialDensity: [
    [3, 2.5, 0.4],
    [40, 0.3, -2],
  ],
  maximum: pairs,
  minimum: pairs,
  mul: pairs,
  ndtr: one(near),
  ndtri: one(unit),
  neg: one(near),
  pow: [
    [0.7, 1.3],
    [2.5, 0.4],
    [-1.5, 3],
    [2, 0],
  ],
  sigmoid: one(near),
  sin: one(near),
  softplus: one([...near, 40, -40]),
  softplusInverse: one(positive),
  sqrt: one(positive),
  square: one(near),
  sub: pairs,
  tan: one(inside),
  tanh: one(near),
  trigamma: one(positive),
  xlog1py: pairs,
  xlogy: pairs,
}
/** Arguments in which an op is not differentiated at the points above: a power of a negative number in its exponent. */
const fixed: Readonly<Record<string, readonly number[]>> = { pow: [0] }

/** Each op that is constant between jumps. */
const stepwise: Readonly<Record<string, readonly (readonly number[])[]>> = {
  and: [
    [1, 1],
    [1, 0],
    [0, 0],
  ],
  equal: [
    [1, 1],
    [1, 2],
  ],
  floor: one([...near, 2]),
  greater: [
    [1, 1],
    [2, 1],
  ],
  greaterEqual: [
    [1, 1],
    [1, 2],
  ],
  isFinite: one([1, Infinity, NaN]),
  isNaN: one([1, Infinity, NaN]),
  less: [
    [1, 1],
    [1, 2],
  ],
  lessEqual: [
    [1, 1],
    [2, 1],
  ],
  not: one([0, 1]),
  notEqual: [
    [1, 1],
    [1, 2],
  ],
  or: [
    [0, 1],
    [0, 0],
  ],
  sign: one([...near, 0]),
}

type AnyOp = (...args: never[]) => ops.Real
const named = ops as unknown as Readonly<Record<string, AnyOp>>

describe('an op on each element', () => {
  it.each(Object.entries({ ...smooth, ...stepwise }))(
    '%s gives for tensors what it gives for numbers',
    (name, points) => {
      expect.hasAssertions()
      checkValues(named[name]!, points)
    },
  )

  it.each(Object.entries(smooth))('%s is differentiable twice', (name, points) => {
    expect.hasAssertions()
    checkDerivatives(named[name]!, points, fixed[name] ?? points[0]!.map((_, i) => i))
  })

  it.each(Object.entries(smooth).filter(([, points]) => points[0]!.length > 1))(
    '%s has mixed second derivatives',
    (name, points) => {
      expect.hasAssertions()
      const within = fixed[name] ? points.filter(([a]) => a! > 0) : points
      checkMixedDerivatives(
        named[name]!,
        within,
        points[0]!.map((_, i) => i),
      )
    },
  )

  it.each(Object.entries(stepwise))('%s has gradient 0', (name, points) => {
    const x = tf.tensor1d(points.map(([a]) => a!))
    const rest = points[0]!.slice(1)
    const f = (y: tf.Tensor) =>
      ops.sum(ops.cast(named[name]!(...([y, ...rest] as never[])) as tf.Tensor, 'float32'))
    expect([...tf.grad(f)(x).dataSync()].every((slope) => slope === 0)).toBe(true)
  })

  it('differentiates polygamma and multivariateLgamma in their real argument', () => {
    expect.hasAssertions()
    checkDerivatives((x: ops.Real) => ops.polygamma(2, x), one(positive), [0])
    checkDerivatives((x: ops.Real) => ops.multivariateLgamma(x, 3), one([1.4, 7]), [0])
  })

  it('differentiates the log density of the beta distribution along x + y = 1', () => {
    expect.hasAssertions()
    const density = (x: ops.Real, a: ops.Real, b: ops.Real) => ops.logBetaDensity(x, ops.sub(1, x), a, b)
    const points = [
      [0.3, 2, 5],
      [0.9, 0.6, 0.2],
      [0.4, 1, 1],
    ]
    checkDerivatives(density, points, [0, 1, 2])
    checkMixedDerivatives(density, points, [0, 1, 2])
  })

  it('sends the gradient of where to the branch that is taken', () => {
    const x = tf.tensor1d([-1, 2])
    const f = (y: tf.Tensor) => ops.sum(ops.where(ops.greater(y, 0), ops.square(y), ops.mul(y, 5)))
    expect([...tf.grad(f)(x).dataSync()]).toEqual([5, 4])
    expect(ops.where(1, 2, 3)).toBe(2)
  })

  it('differentiates a third time', () => {
    const third = [0, 0, 0].reduce<(x: tf.Tensor) => tf.Tensor>(
      (f) => tf.grad(f),
      (x) => ops.mul(x, ops.exp(x)),
    )
    expect(third(tf.scalar(1)).dataSync()[0]).toBeCloseTo(4 * Math.E, 4) // (x + 3)·eˣ
  })

  it('broadcasts, and sums gradients back', () => {
    const a = tf.tensor2d([[1], [2], [3]])
    const b = tf.tensor1d([10, 20])
    expect(ops.mul(a, b).arraySync()).toEqual([
      [10, 20],
      [20, 40],
      [30, 60],
    ])
    const [da, db] = tf.grads((x: tf.Tensor, y: tf.Tensor) => ops.sum(ops.mul(x, y)))([a, b])
    expect(da!.arraySync()).toEqual([[30], [30], [30]])
    expect(db!.arraySync()).toEqual([6, 6])
    expect(() => ops.add(tf.ones([2]), tf.ones([3]))).toThrow(
      new ShapeError('add: shapes [2] and [3] do not broadcast'),
    )
  })

  it('keeps whole numbers whole where the operation does, and float64 constants exact', () => {
    const x = tf.tensor1d([1, 2], 'int32')
    expect(ops.add(x, 1).dtype).toBe('int32')
    expect(ops.add(x, 0.5).dtype).toBe('float32')
    expect(ops.div(x, 2).dtype).toBe('float32')
    expect(ops.mul(0.1, 3)).toBe(0.1 * 3)
    const fine = ops.sub(ops.mul(tf.scalar(2 ** 24), 0.1), 0) // 0.1 rounded to float32 first would give 1677721.625
    expect(fine.dataSync()[0]).toBe(Math.fround(2 ** 24 * 0.1))
  })

  it('leaves no tensors behind', () => {
    const x = tf.tensor1d([0.2, 0.5])
    const before = tf.memory().numTensors
    tf.tidy(() => void tf.grad((y: tf.Tensor) => ops.sum(ops.lgamma(ops.mul(y, y))))(x))
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses what is neither a number nor a tensor', () => {
    expect(() => ops.add('1' as never, tf.scalar(1))).toThrow(
      new UnsupportedError('add: got "1" where a tensor belongs: make it one, constant(…)'),
    )
    expect(() => ops.constant([[1], [2, 3]])).toThrow(
      new ShapeError('constant is ragged: its rows differ in length'),
    )
    expect(() => ops.constant([1, null] as never)).toThrow(DomainError)
  })
})
