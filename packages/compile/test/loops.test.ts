import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { compile, valueAndGrad } from '../src/index.ts'

const sines = (count: number, step: number) =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(step * i))

describe('large arrays', () => {
  test('the gradient of a logistic regression is that of its closed form, row by row', () => {
    const [n, d] = [3001, 7]
    const x = new NdArray(sines(n * d, 1.7), [n, d])
    const y = Float64Array.from({ length: n }, (_, i) => +(Math.sin(i * i) > 0))
    const w = sines(d, 0.9)
    const loss = (xs: tf.Tensor, ys: tf.Tensor) => (weights: tf.Tensor) => {
      const z = tf.reshape(tf.matMul(xs, tf.reshape(weights, [d, 1])), [n])
      return tf.sum(tf.sub(tf.softplus(z), tf.mul(ys, z)))
    }
    const program = compile(
      (xs: tf.Tensor, ys: tf.Tensor, weights: tf.Tensor) => valueAndGrad(loss(xs, ys))(weights),
      { precision: 'float64' },
    )
    const got = program(x, y, w)
    let value = 0
    const slope = new Float64Array(d)
    for (let i = 0; i < n; i++) {
      const row = x.data.subarray(i * d, (i + 1) * d)
      const z = row.reduce((sum, item, j) => sum + item * w[j]!, 0)
      value += Math.log1p(Math.exp(-Math.abs(z))) + Math.max(z, 0) - y[i]! * z
      for (let j = 0; j < d; j++) slope[j]! += (1 / (1 + Math.exp(-z)) - y[i]!) * row[j]!
    }
    expect(got.value.data[0]! / value).toBeCloseTo(1, 12)
    for (let j = 0; j < d; j++) expect(got.grads[0].data[j]! / slope[j]!).toBeCloseTo(1, 10)
    // One pass over the matrix, row by row: products, what they are for, and the sums of the rows.
    const { called, pieces } = program.explain()
    expect(called).toEqual([])
    const [loops, ...others] = pieces.filter(({ kind }) => kind === 'loops')
    expect(others).toEqual([])
    expect(loops).toMatchObject({ writes: expect.arrayContaining(['matMul', 'sum']) })
    expect(loops).toMatchObject({ domains: expect.arrayContaining([[n, d], [n]]) })
  })

  test('sums over the first axis of what sums over the last go block by block', () => {
    const [n, d] = [1003, 37]
    const x = tf.tensor2d(Float32Array.from(sines(n * d, 0.3)), [n, d])
    const f = (a: tf.Tensor) => {
      const p = tf.exp(tf.sub(a, tf.max(a, 1, true)))
      const q = tf.div(p, tf.sum(p, 1, true))
      return [tf.sum(q, 0), tf.sum(q), tf.max(tf.sum(tf.square(q), 1))]
    }
    const eager = tf.tidy(() => f(x))
    const wasm = compile(f)(x)
    const wide = compile(f, { precision: 'float64' })(x)
    for (const [i, truth] of eager.entries()) {
      const [near, precise, numbers] = [wasm[i]!.dataSync(), wide[i]!.data, truth.dataSync()]
      numbers.forEach((want, j) => {
        expect(near[j]! / want).toBeCloseTo(1, 5)
        expect(precise[j]! / want).toBeCloseTo(1, 5)
      })
    }
    tf.dispose([x, ...eager, ...wasm])
  })

  test('sums of many float32 numbers keep their digits', () => {
    const n = 3_000_001
    const total = compile((a: tf.Tensor) => tf.sum(a))(new Float32Array(n).fill(0.1))
    // So many are added up one after the other before totals are.
    expect(Math.abs(total.dataSync()[0]! / (n * Math.fround(0.1)) - 1)).toBeLessThan(64 * 2 ** -24)
    total.dispose()
  })

  test('empty arrays give empty arrays, and sums of nothing', () => {
    const f = compile((a: tf.Tensor) => [tf.exp(a), tf.sum(a, 0), tf.sum(a)], {
      passes: { unrolling: false },
    })
    const [same, ofAxis, all] = f(tf.zeros([0, 3]))
    expect([same!.shape, ofAxis!.dataSync(), all!.dataSync()]).toEqual([
      [0, 3],
      new Float32Array(3),
      new Float32Array(1),
    ])
  })
})
