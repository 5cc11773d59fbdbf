import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { ndarray, special, type NdArray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile } from '../../src/index.ts'
import { computed, PRECISIONS } from './computed.ts'

// What structural ops make of shapes and types that they are seldom given.

const noise = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => Math.fround(3 * Math.sin(12.9898 * (i + 1))))
const real = (...shape: number[]): NdArray => ndarray(noise(shape.reduce((a, b) => a * b, 1)), shape)
const whole = (factor: number, ...shape: number[]): NdArray =>
  ndarray(
    Int32Array.from(noise(shape.reduce((a, b) => a * b, 1)), (x) => Math.round(factor * x)),
    shape,
  )

describe.each(PRECISIONS)('in %s', (precision) => {
  const digits = precision === 'float32' ? 5 : 13

  test.each([
    { shape: [2, 3, 4], axes: [0, 2] },
    { shape: [5, 3, 2, 7], axes: [1, 3] },
    { shape: [2, 3, 4, 2, 3], axes: [0, 2, 4] },
    { shape: [3, 40, 3], axes: [2, 0] },
    { shape: [2, 3, 1, 4], axes: [0, 3] },
  ])('log Σ exp of $shape over axes $axes that others are between', ({ shape, axes }) => {
    const x = real(...shape)
    x.data[1] = Infinity
    x.data[2] = -Infinity
    const { data, called } = computed((a) => ops.logSumExp(a!, axes), [x], precision)
    const cells = new Map<string, number[]>()
    const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
    for (const [i, number] of x.data.entries()) {
      const place = shape.map((length, axis) => Math.floor(i / strides[axis]!) % length)
      const cell = String(place.filter((_, axis) => !axes.includes(axis)))
      cells.set(cell, [...(cells.get(cell) ?? []), number])
    }
    const wanted = [...cells.values()].map((numbers) => special.logSumExp(numbers))
    expect(data.length).toBe(wanted.length)
    for (const [i, y] of wanted.entries()) expect(data[i]).toBeCloseTo(y, digits)
    expect(called).toEqual([])
  })

  test('log Σ exp of whole numbers, of truth values, and of nothing', () => {
    const x = ndarray(Int32Array.of(1, -3, 7, 700, 699, 0), [2, 3])
    const ofRows = (f: (a: tf.Tensor) => tf.Tensor, given: NdArray) =>
      computed((a) => f(a!), [given], precision)
    const [wholes, truths] = [
      ofRows((a) => ops.logSumExp(a, 1), x),
      ofRows((a) => ops.logSumExp(ops.greater(a, 0) as tf.Tensor, 0), x),
    ]
    const wanted = [special.logSumExp([1, -3, 7]), special.logSumExp([700, 699, 0])]
    for (const [i, y] of wanted.entries()) expect(wholes.data[i]! / y).toBeCloseTo(1, digits)
    for (const [i, y] of [[1, 1], [0, 1], [1, 0]].entries()) expect(truths.data[i]).toBeCloseTo(special.logSumExp(y), digits) // prettier-ignore
    const empty = ndarray(new Float64Array(0), [2, 0])
    expect(ofRows((a) => ops.logSumExp(a, 1), empty)).toEqual({ data: [-Infinity, -Infinity], called: [] })
    expect(ofRows((a) => ops.logSumExp(a, 0), empty)).toEqual({ data: [], called: [] })
    expect(ofRows((a) => ops.logSumExp(a), empty)).toEqual({ data: [-Infinity], called: [] })
    expect([...wholes.called, ...truths.called]).toEqual([])
  })

  test.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])('products of whole numbers, transposed or not: %s, %s', (transposeA, transposeB) => {
    const [a, b] = [whole(5, 2, 1, 3, 4), whole(7, 5, 4, 3)]
    const options = { transposeA, transposeB }
    const second = (x: tf.Tensor) => (transposeA === transposeB ? x : ops.transpose(x))
    const f = (x: tf.Tensor, y: tf.Tensor) => ops.matMul(x, second(y), options)
    const { data, called } = computed((x, y) => f(x!, y!), [a, b], precision)
    const eager = tf.tidy(() => f(tf.tensor(a.data as Int32Array, [2, 1, 3, 4], 'int32'), tf.tensor(b.data as Int32Array, [5, 4, 3], 'int32'))) // prettier-ignore
    expect(data).toEqual(Array.from(eager.dataSync()))
    expect(called).toEqual([])
    eager.dispose()
  })

  test('products of whole numbers are those of int32, and of whole and real ones real', () => {
    const large = ndarray(Int32Array.of(2 ** 30, 3, 1, 2 ** 20), [2, 2])
    const product = computed((x, y) => ops.matMul(x!, y!), [large, large], precision)
    const [p, q, r, s] = [2n ** 30n, 3n, 1n, 2n ** 20n]
    const exact = [p * p + q * r, p * q + q * s, r * p + s * r, r * q + s * s].map((x) =>
      BigInt.asIntN(32, x),
    )
    const rounded = precision === 'float32' ? Math.fround : Number
    expect(product).toEqual({ data: exact.map((x) => rounded(Number(x))), called: [] })
    const [x, y] = [whole(4, 2, 3), real(3, 2)]
    const wanted = tf.tidy(
      () =>
      Array.from(tf.matMul(tf.tensor(Float32Array.from(x.data), [2, 3]), tf.tensor(Float32Array.from(y.data), [3, 2])).dataSync()), // prettier-ignore
    )
    for (const given of [
      computed((a, b) => ops.matMul(a!, b!), [x, y], precision),
      computed(
        (a, b) => ops.transpose(ops.matMul(b!, a!, { transposeA: true, transposeB: true })),
        [x, y],
        precision,
      ),
    ]) {
      for (const [i, z] of wanted.entries()) expect(given.data[i]).toBeCloseTo(z, 4)
      expect(given.called).toEqual([])
    }
    const truths = computed((a) => ops.matMul(ops.greater(a!, 0) as tf.Tensor, a!), [real(3, 3)], precision)
    expect(truths.called).toEqual([])
  })

  test('determinants, distances and definiteness of matrices without rows', () => {
    const of = (...shape: number[]) => ndarray(new Float64Array(0), shape)
    expect(computed((a) => ops.logDeterminant(a!), [of(0, 0)], precision)).toEqual({ data: [0], called: [] })
    expect(computed((a) => ops.logDeterminant(a!), [of(2, 0, 0)], precision)).toEqual({
      data: [0, 0],
      called: [],
    })
    expect(computed((a) => ops.isPositiveDefinite(a!), [of(3, 0, 0)], precision)).toEqual({ data: [1, 1, 1], called: [] }) // prettier-ignore
    expect(computed((a, d) => ops.squaredMahalanobis(a!, d!), [of(0, 0), of(2, 0)], precision)).toEqual({ data: [0, 0], called: [] }) // prettier-ignore
  })
})

test('of nothing nothing is gathered, and indices have to be within it', () => {
  const f = compile((a: tf.Tensor, at: tf.Tensor) => ops.gather(a, at), { engine: 'wasm' })
  tf.tidy(() => {
    expect(f(Float32Array.of(1, 2), new Int32Array(0)).shape).toEqual([0])
    expect(f(tf.zeros([3, 0]), Int32Array.of(2)).shape).toEqual([1, 0])
    expect(() => f(tf.zeros([3, 0]), Int32Array.of(3))).toThrow('gather: indices must be 0 … 2 on axis 0')
    expect(() => f(new Float32Array(0), Int32Array.of(0))).toThrow('gather: indices must be')
  })
  expect(f.explain().called).toEqual([])
})
