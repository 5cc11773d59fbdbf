import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { key, random, ShapeError } from '../../src/index.ts'
import * as ops from './all.ts'
import { toTensor } from '../../src/tfjs/index.ts'

function draws(seed: number, shape: readonly number[]): tf.Tensor {
  return toTensor(random.normal(key(seed), shape))
}

function dot(a: tf.Tensor, b: tf.Tensor): number {
  return ops.sum(ops.mul(a, b)).dataSync()[0]!
}

const indices = tf.tensor2d(
  [
    [0, 2, 2],
    [1, 0, 2],
  ],
  [2, 3],
  'int32',
)

/** Each linear op, and what plain loops make of a [2, 3, 4] array of the numbers 0 … 23. */
const linear: readonly (readonly [
  name: string,
  op: (x: tf.Tensor) => tf.Tensor,
  shape: readonly number[],
  first: number[],
])[] = [
  ['reshape', (x) => ops.reshape(x, [4, -1]), [4, 6], [0, 1]],
  ['expandDims', (x) => ops.expandDims(x, -1), [2, 3, 4, 1], [0, 1]],
  ['transpose', (x) => ops.transpose(x), [2, 4, 3], [0, 4]],
  ['transpose to an order', (x) => ops.transpose(x, [2, 0, 1]), [4, 2, 3], [0, 4]],
  ['broadcastTo', (x) => ops.broadcastTo(ops.expandDims(x, 1), [2, 5, 3, 4]), [2, 5, 3, 4], [0, 1]],
  ['concat', (x) => ops.concat([ops.slice(x, [0, 1, 0], [2, 1, 4]), x], 1), [2, 4, 4], [4, 5]],
  ['stack', (x) => ops.stack([x, ops.neg(x)], -1), [2, 3, 4, 2], [0, -0]],
  ['slice', (x) => ops.slice(x, [0, 1, 2], [2, 2, 1]), [2, 2, 1], [6, 10]],
  [
    'pad',
    (x) =>
      ops.pad(x, [
        [0, 0],
        [0, 0],
        [1, 2],
      ]),
    [2, 3, 7],
    [0, 0],
  ],
  ['sum', (x) => ops.sum(x, [0, -1]), [3], [60, 92]],
  ['sum that keeps its axes', (x) => ops.sum(x, 1, true), [2, 1, 4], [12, 15]],
  ['mean', (x) => ops.mean(x, 2), [2, 3], [1.5, 5.5]],
  ['cumsum', (x) => ops.cumsum(x), [2, 3, 4], [0, 1]],
  [
    'cumsum of other axes, exclusive, reversed',
    (x) => ops.cumsum(x, 1, { exclusive: true, reverse: true }),
    [2, 3, 4],
    [12, 14],
  ],
  ['gather', (x) => ops.gather(x, indices, 1), [2, 2, 3, 4], [0, 1]],
  ['gather of one', (x) => ops.gather(x, 1), [3, 4], [12, 13]],
  ['scatterAdd', (x) => ops.scatterAdd(x, tf.tensor1d([1, 1, 0], 'int32'), [2, 5, 4], 1), [2, 5, 4], [8, 9]],
  ['pick', (x) => ops.pick(x, tf.tensor1d([3, 0, 1], 'int32')), [2, 3], [3, 4]],
  ['pick, broadcast', (x) => ops.pick(x, tf.tensor3d([[[3]], [[0]]], [2, 1, 1], 'int32')), [2, 2, 3], [3, 7]],
  ['sumTo', (x) => ops.sumTo(x, [3, 1]), [3, 1], [60, 92]],
  ['matMul with a constant', (x) => ops.matMul(x, draws(3, [4, 5])), [2, 3, 5], []],
  ['matVec', (x) => ops.matVec(x, draws(3, [4])), [2, 3], []],
  ['affine', (x) => ops.affine(draws(4, [5, 4]), x, 0), [2, 3, 5], []],
]

describe('a linear op', () => {
  it.each(linear)('%s moves the elements where they belong', (_, op, shape, first) => {
    const counted = ops.reshape(tf.range(0, 24), [2, 3, 4])
    const out = op(counted)
    expect(out.shape).toEqual(shape)
    expect([...out.dataSync()].slice(0, first.length)).toEqual(first)
  })

  it.each(linear)('%s has its transpose for gradient, and the gradient has it back', (_, op) => {
    const x = draws(0, [2, 3, 4])
    const y = draws(1, op(x).shape)
    const weights = draws(2, [2, 3, 4])
    const transposed = (w: tf.Tensor) => tf.grad((z: tf.Tensor) => ops.sum(ops.mul(op(z), w)))(x)
    expect(dot(op(x), y)).toBeCloseTo(dot(x, transposed(y)), 4)
    const again = tf.grad((w: tf.Tensor) => ops.sum(ops.mul(transposed(w), weights)))(y)
    expect(dot(again, y)).toBeCloseTo(dot(op(weights), y), 4)
  })
})

describe('matMul', () => {
  it.each([
    [{}, [2, 3], [3, 4]],
    [{ transposeA: true }, [3, 2], [3, 4]],
    [{ transposeB: true }, [2, 3], [4, 3]],
    [{ transposeA: true, transposeB: true }, [3, 2], [4, 3]],
    [{}, [5, 2, 3], [3, 4]],
    [{ transposeB: true }, [1, 2, 3], [5, 4, 3]],
  ])('with %o differentiates both factors, shapes %o and %o', (options, shapeA, shapeB) => {
    const [a, b] = [draws(0, shapeA), draws(1, shapeB)]
    const f = (x: tf.Tensor, y: tf.Tensor) => ops.sum(ops.square(ops.matMul(x, y, options)))
    const [da, db] = tf.grads(f)([a, b])
    const step = draws(2, shapeA)
    const rise = (h: number) => f(ops.add(a, ops.mul(h, step)), b).dataSync()[0]!
    expect(dot(da!, step) / ((rise(0.01) - rise(-0.01)) / 0.02)).toBeCloseTo(1, 3)
    const other = draws(3, shapeB)
    const riseB = (h: number) => f(a, ops.add(b, ops.mul(h, other))).dataSync()[0]!
    expect(dot(db!, other) / ((riseB(0.01) - riseB(-0.01)) / 0.02)).toBeCloseTo(1, 3)
  })

  it('tells shapes that do not match', () => {
    expect(() => ops.matMul(tf.ones([2, 3]), tf.ones([2, 3]))).toThrow(ShapeError)
  })
})

describe('reductions', () => {
  it('share the gradient of the largest among equals', () => {
    const x = tf.tensor2d([
      [1, 3, 3],
      [2, 0, 1],
    ])
    expect(ops.max(x, 1).arraySync()).toEqual([3, 2])
    expect(
      tf
        .grad((y: tf.Tensor) => ops.sum(ops.max(y, -1)))(x)
        .arraySync(),
    ).toEqual([
      [0, 0.5, 0.5],
      [1, 0, 0],
    ])
  })

  it('log-sum-exp knows infinities, and its gradient is finite there', () => {
    const x = tf.tensor2d([
      [-Infinity, -Infinity],
      [-Infinity, 3],
      [1000, 1000],
    ])
    const out = [...ops.logSumExp(x, 1).dataSync()]
    expect(out.slice(0, 2)).toEqual([-Infinity, 3])
    expect(out[2]).toBeCloseTo(1000 + Math.LN2, 4)
    const slope = tf.grad((y: tf.Tensor) => ops.sum(ops.logSumExp(y, 1)))(x)
    expect(slope.arraySync()).toEqual([
      [0, 0],
      [0, 1],
      [0.5, 0.5],
    ])
    expect(ops.logSumExp(tf.tensor1d([NaN, 1])).dataSync()[0]).toBeNaN()
    expect(ops.logSumExp(tf.tensor1d([Infinity, 1])).dataSync()[0]).toBe(Infinity)
    expect(ops.logSumExp(tf.zeros([0])).dataSync()[0]).toBe(-Infinity)
  })

  it('log-sum-exp has second derivatives p − p² and −pq', () => {
    const x = tf.tensor1d([0.2, -1, 0.7])
    const p = ops.softmax(x).dataSync()
    const gradient = tf.grad((y: tf.Tensor) => ops.logSumExp(y))
    const row = tf
      .grad((y: tf.Tensor) => ops.sum(ops.slice(gradient(y), [0], [1])))(x)
      .dataSync()
    expect(row[0]).toBeCloseTo(p[0]! - p[0]! ** 2, 6)
    expect(row[1]).toBeCloseTo(-p[0]! * p[1]!, 6)
    expect(ops.logSoftmax(x).dataSync()[2]).toBeCloseTo(Math.log(p[2]!), 5)
  })

  it('softmax of NaN is NaN throughout, and 0 where all are −∞', () => {
    for (const f of [ops.softmax, ops.logSoftmax]) {
      expect(Array.from(f(tf.tensor1d([NaN, 1.5])).dataSync())).toEqual([NaN, NaN])
    }
    expect(Array.from(ops.softmax(tf.tensor1d([-Infinity, -Infinity])).dataSync())).toEqual([0, 0])
    expect(Array.from(ops.softmax(tf.tensor1d([-Infinity, 2])).dataSync())).toEqual([0, 1])
  })
})

describe('stopGradient', () => {
  it('is the identity whose derivative is 0', () => {
    const slope = tf.grad((x: tf.Tensor) => ops.mul(x, ops.stopGradient(x)))(tf.scalar(3))
    expect(slope.dataSync()[0]).toBe(3)
    expect(ops.stopGradient(2)).toBe(2)
  })
})

describe('pick', () => {
  it('gives NaN for an index that is none', () => {
    expect([...ops.pick(tf.tensor1d([1, 2]), tf.tensor1d([2, -1, 1], 'int32')).dataSync()]).toEqual([
      NaN,
      NaN,
      2,
    ])
  })
})
