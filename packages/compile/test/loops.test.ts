import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { compile, valueAndGrad } from '../src/index.ts'

const sines = (count: number, step: number) =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(step * i))

describe('large arrays', () => {
  test('what is written in another shape is written before it is read', () => {
    const n = 16_384
    const f = (a: tf.Tensor, b: tf.Tensor) => {
      const r = tf.reshape(tf.exp(a), [n])
      return [tf.exp(b), tf.sin(r), tf.add(tf.cos(r), b), tf.mul(r, b), r]
    }
    const given = [tf.mul(tf.ones([n, 1]), 0.5), tf.mul(tf.ones([n]), 0.25)] as const
    for (const passes of [{}, { views: false }]) {
      for (const outputs of [4, 5]) {
        const program = compile((a: tf.Tensor, b: tf.Tensor) => f(a, b).slice(0, outputs), { passes })
        const wanted = tf.tidy(() => f(...given).map((x) => x.dataSync()[5]!))
        for (const [i, x] of program(...given).entries())
          expect(x.dataSync()[5]! / wanted[i]!).toBeCloseTo(1, 6)
      }
    }
  })

  test.each(['float32', 'float64'] as const)(
    'products with vectors and sums of both axes are those of plain loops, for any rest of rows and columns, in %s',
    (precision) => {
      for (const [rows, columns] of [
        ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => [4, 5, 11].map((d) => [n, d] as const)),
        [703, 33],
        [1003, 50],
      ] as const) {
        const a = sines(rows * columns, 0.37)
        const [v, w] = [sines(columns, 0.91), sines(rows, 0.53)]
        const f = (x: tf.Tensor, right: tf.Tensor, left: tf.Tensor) => [
          tf.reshape(tf.matMul(x, tf.reshape(right, [columns, 1])), [rows]),
          tf.reshape(tf.matMul(tf.reshape(left, [1, rows]), x), [columns]),
          tf.sum(tf.mul(x, right), 0),
          tf.max(tf.mul(x, right), 1),
        ]
        const program = compile(f, { precision, passes: { unrolling: false } })
        const made = program(new NdArray(a, [rows, columns]) as never, v as never, w as never)
        const at = (i: number, j: number) => a[i * columns + j]!
        const [i, j] = [rows, columns].map((length) => Array.from({ length }, (_, k) => k))
        const want = [
          i!.map((row) => j!.reduce((sum, column) => sum + at(row, column) * v[column]!, 0)),
          j!.map((column) => i!.reduce((sum, row) => sum + at(row, column) * w[row]!, 0)),
          j!.map((column) => i!.reduce((sum, row) => sum + at(row, column) * v[column]!, 0)),
          i!.map((row) => Math.max(...j!.map((column) => at(row, column) * v[column]!))),
        ]
        for (const [k, numbers] of want.entries()) {
          const got = made[k]!
          const data = got instanceof tf.Tensor ? got.dataSync() : got.data
          expect(data).toHaveLength(numbers.length)
          const near = precision === 'float32' ? 2 ** -24 * (rows + columns) : 1e-13
          numbers.forEach((number, at) => expect(Math.abs(data[at]! - number)).toBeLessThan(near))
        }
      }
    },
  )

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
