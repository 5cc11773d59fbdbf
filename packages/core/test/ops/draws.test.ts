import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { DomainError, foldIn, key, random, ShapeError, special, split } from '../../src/index.ts'
import * as ops from '../../src/ops/index.ts'
import { threefry2x32 } from '../../src/random/threefry2x32.ts'

const ends = (x: number): tf.Tensor => tf.scalar(x, 'int32')

describe('draws as kernels', () => {
  it('of normals are those of the plain function, for a key as data and as a tensor', () => {
    const plain = random.normal(key(7), [2, 3])
    expect(ops.drawNormal(key(7), [2, 3]).arraySync()).toEqual(plain.toNested())
    expect(ops.drawNormal(ops.keyTensor(key(7)), [2, 3]).arraySync()).toEqual(plain.toNested())
  })

  it('take key tensors apart as plain keys are', () => {
    const whole = 2 ** 32 + 2 ** 31 + 5 // both words of the key, one beyond int32
    const [first, second] = ops.splitKey(ops.keyTensor(key(whole))) as readonly [tf.Tensor, tf.Tensor]
    const [a, b] = split(key(whole))
    expect([...first.dataSync()].map((word) => word >>> 0)).toEqual([...a])
    expect([...second.dataSync()].map((word) => word >>> 0)).toEqual([...b])
    expect(ops.splitKey(key(whole), 3)).toEqual(split(key(whole), 3))
    const folded = ops.foldInKey(ops.keyTensor(key(whole)), 9) as tf.Tensor
    expect([...folded.dataSync()].map((word) => word >>> 0)).toEqual([...foldIn(key(whole), 9)])
    expect(ops.foldInKey(key(whole), 9)).toEqual(foldIn(key(whole), 9))
  })

  it('of uniforms lie inside (0, 1)', () => {
    const draws = ops.drawUniform(key(0), [100_000]).dataSync()
    expect(Math.min(...draws.slice(0, 5000))).toBeGreaterThan(0)
    expect(draws.every((u) => u > 0 && u < 1)).toBe(true)
  })

  it('broadcast their parameters, or say that they cannot', () => {
    const draws = ops.drawPoisson(key(0), [2, 3], tf.tensor1d([0, 5, 1e6])).arraySync() as number[][]
    expect(draws.map(([first]) => first)).toEqual([0, 0])
    expect(draws.every((row) => row[2]! > 9e5)).toBe(true)
    expect(() => ops.drawPoisson(key(0), [2], tf.ones([3]))).toThrow(ShapeError)
    expect(() => ops.drawPoisson(key(0), [2], tf.ones([1, 2]))).toThrow(
      'drawPoisson: draws of shape [2] cannot hold parameters of shape [1,2]',
    )
  })

  // The product of 64 bits and how many numbers there are, in whole numbers of any length.
  it.each([
    [0, 5],
    [-7, 2 ** 16],
    [3, 2 ** 24 + 6],
    [-(2 ** 30), 2 ** 31 - 1],
    [-(2 ** 31), 2 ** 31 - 1],
  ])('of whole numbers from %d to %d are as even as 64 bits can be', (low, high) => {
    const draws = ops.drawRandint(key(3), [3000], ends(low), ends(high)).dataSync()
    const words = new Uint32Array(2 * draws.length)
    threefry2x32(key(3)[0], key(3)[1], 0, 0, words)
    const expected = Array.from(draws, (_, i) => {
      const bits = (BigInt(words[2 * i]!) << 32n) + BigInt(words[2 * i + 1]!)
      return low + Number((bits * BigInt(high - low + 1)) >> 64n)
    })
    expect([...draws]).toEqual(expected)
  })

  it('refuse what is no key', () => {
    expect(() => ops.drawNormal(3 as never, [2])).toThrow(DomainError)
    expect(() => ops.drawNormal(tf.tensor1d([1, 2]), [2])).toThrow(ShapeError)
  })
})

describe('gamma draws', () => {
  const concentration = tf.tensor1d([1e-3, 0.05, 0.4, 1, 3, 50, 2000])
  const shape = concentration.shape

  it('in logarithms are those of the draws', () => {
    const draws = ops.drawGamma(key(3), shape, concentration).dataSync()
    const logs = ops.drawLogGamma(key(3), shape, concentration).dataSync()
    expect(Math.exp(logs[0]!)).toBeCloseTo(draws[0]!, 30)
    for (let i = 1; i < draws.length; i++) expect(Math.log(draws[i]!)).toBeCloseTo(logs[i]!, 4)
  })

  it('move with the concentration so that P(a, x) stays, once and twice differentiated', () => {
    const { gammainc } = special
    const draws = ops.drawGamma(key(3), shape, concentration).dataSync()
    const slopes = tf.grad((a: tf.Tensor) => ops.sum(ops.drawGamma(key(3), shape, a)))
    const first = slopes(concentration).dataSync()
    const second = tf
      .grad((a: tf.Tensor) => ops.sum(slopes(a)))(concentration)
      .dataSync()
    concentration.dataSync().forEach((a, i) => {
      if (i < 2) return // the draw is too near 0 for a difference in float64
      const p = gammainc(a, draws[i]!)
      const h = 1e-3 * a
      const [low, mid, high] = [a - h, a, a + h].map((shape) => quantile(shape, p, draws[i]!)) as [
        number,
        number,
        number,
      ]
      expect(first[i]! / ((high - low) / (2 * h)), `a = ${a}`).toBeCloseTo(1, 3)
      expect(second[i]! * a).toBeCloseTo(((high - 2 * mid + low) / h ** 2) * a, 2)
    })
  })

  it('of concentration 1 are exponential, beside others as alone', () => {
    const exponentials = random.exponential(key(3), [4]).data
    const mixed = ops.drawGamma(key(3), [4], tf.tensor1d([1, 0.4, 1, 3])).dataSync()
    expect([mixed[0], mixed[2]]).toEqual([exponentials[0], exponentials[2]])
    for (const [i, a] of [0.4, 3].entries()) {
      expect(mixed[2 * i + 1]).toBe(ops.drawGamma(key(3), [4], a).dataSync()[2 * i + 1])
    }
  })

  it('of tiny concentration move in logarithms by the closed form', () => {
    const slopes = tf
      .grad((a: tf.Tensor) => ops.sum(ops.drawLogGamma(key(3), shape, a)))(concentration)
      .dataSync()
    const y = ops.drawLogGamma(key(3), shape, concentration).dataSync()[0]!
    expect(slopes[0]! / ((special.digamma(1 + 1e-3) - y) / 1e-3)).toBeCloseTo(1, 4)
    expect([...slopes].every(Number.isFinite)).toBe(true)
  })
})

/** The x near `start` with P(a, x) = p, by Newton's method. */
function quantile(a: number, p: number, start: number): number {
  let x = start
  for (let i = 0; i < 60; i++) x -= (special.gammainc(a, x) - p) / Math.exp(special.logGammaDensity(a, x))
  return x
}

describe('a key as a tensor', () => {
  it('gives gamma draws the derivatives that the plain key gives them, and has none itself', () => {
    const concentration = tf.tensor1d([0.4, 3, 50])
    const tensorKey = ops.keyTensor(key(11))
    const plain = (a: tf.Tensor): tf.Tensor => ops.sum(ops.drawGamma(key(11), [2, 3], a))
    const keyed = (a: tf.Tensor): tf.Tensor => ops.sum(ops.drawGamma(tensorKey, [2, 3], a))
    const first = tf.grad(plain)(concentration).dataSync()
    expect([...tf.grad(keyed)(concentration).dataSync()]).toEqual([...first])
    expect(first.every((slope) => slope > 0)).toBe(true)
    const twice = (f: (a: tf.Tensor) => tf.Tensor): number[] => [
      ...tf
        .grad((a: tf.Tensor) => ops.sum(tf.grad(f)(a)))(concentration)
        .dataSync(),
    ]
    expect(twice(keyed)).toEqual(twice(plain))
    const [ofKey, ofConcentration] = tf.grads((k: tf.Tensor, a: tf.Tensor) =>
      ops.sum(ops.drawGamma(k, [2, 3], a)),
    )([tensorKey, concentration])
    expect([...ofKey!.dataSync()]).toEqual([0, 0])
    expect([...ofConcentration!.dataSync()]).toEqual([...first])
  })
})
