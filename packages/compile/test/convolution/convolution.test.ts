import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ndarray, type NdArray } from '@variate/core'
import { conv2dFilter, conv2dInput, conv2dOutput, convolvedShape, type Window } from '@variate/core/internal'
import { add, conv2d, convTranspose2d, maximum, mul, sum, tanh } from '@variate/core/ops'
import { compile, grad, valueAndGrad, type Precision } from '../../src/index.ts'
import { epsilonOf, PRECISIONS } from '../routines/computed.ts'
import { numbers } from '../routines/numbers.ts'
import { sizeOf } from '../routines/places.ts'
import { run } from './run.ts'

interface Case {
  readonly x: readonly number[]
  readonly filter: readonly number[]
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  readonly pad: readonly [readonly [number, number], readonly [number, number]]
}

const windowOf = ({ strides, dilations, pad }: Case): Window => ({
  strides,
  dilations,
  pad: [[0, 0], ...pad, [0, 0]],
  dataFormat: 'NHWC',
})

const given = (shape: readonly number[], seed: number, precision: Precision): NdArray =>
  ndarray(numbers(sizeOf(shape), seed).map(precision === 'float32' ? Math.fround : Number), [...shape])

type Sums = readonly [sums: Float64Array, bounds: Float64Array]

/** Σ x·f·y over all pixels of result and filter, left at x, at f and at y, in plain loops; and with absolute values. */
function truth(one: Case, x: NdArray, f: NdArray, y: NdArray): readonly [x: Sums, filter: Sums, y: Sums] {
  const sums = [x, f, y].map(({ data }): Sums => [
    new Float64Array(data.length),
    new Float64Array(data.length),
  ])
  const [X, F, Y] = [x.shape, f.shape, y.shape]
  const put = (k: number, at: number, term: number): void => {
    sums[k]![0][at]! += term
    sums[k]![1][at]! += Math.abs(term)
  }
  for (let n = 0; n < Y[0]!; n++)
    for (let i = 0; i < Y[1]!; i++)
      for (let j = 0; j < Y[2]!; j++)
        for (let o = 0; o < Y[3]!; o++)
          for (let r = 0; r < F[0]!; r++)
            for (let c = 0; c < F[1]!; c++)
              for (let k = 0; k < F[2]!; k++) {
                const row = i * one.strides[0] + r * one.dilations[0] - one.pad[0][0]
                const column = j * one.strides[1] + c * one.dilations[1] - one.pad[1][0]
                if (row < 0 || column < 0 || row >= X[1]! || column >= X[2]!) continue
                const atX = ((n * X[1]! + row) * X[2]! + column) * X[3]! + k
                const atF = ((r * F[1]! + c) * F[2]! + k) * F[3]! + o
                const atY = ((n * Y[1]! + i) * Y[2]! + j) * Y[3]! + o
                put(0, atX, f.data[atF]! * y.data[atY]!)
                put(1, atF, x.data[atX]! * y.data[atY]!)
                put(2, atY, x.data[atX]! * f.data[atF]!)
              }
  return sums as unknown as readonly [Sums, Sums, Sums]
}

/** What is wrong with a convolution, its transpose or its derivative in the filter; undefined if nothing is. */
function mistakeIn(one: Case, precision: Precision, seed = 1): string | undefined {
  const window = windowOf(one)
  const shape = convolvedShape(one.x, one.filter, window)
  const [x, f, y] = [one.x, one.filter, shape].map((of, i) => given(of, seed + i, precision)) as [NdArray, NdArray, NdArray] // prettier-ignore
  const got = run(
    (a, b, c) => [conv2dInput(c!, b!, one.x, window), conv2dFilter(a!, c!, one.filter, window), conv2dOutput(a!, b!, window)],
    [x, f, y],
    precision,
  ) // prettier-ignore
  for (const [k, [sums, bounds]] of truth(one, x, f, y).entries()) {
    const name = ['transposed', 'filter', 'convolution'][k]!
    if (got[k]!.length !== sums.length) return `${name} has ${got[k]!.length} elements`
    const terms = [f, y, x][k]!.data.length + 2
    const far = sums.findIndex(
      (wanted, i) => !(Math.abs(got[k]![i]! - wanted) <= terms * epsilonOf(precision) * bounds[i]!),
    )
    if (far >= 0)
      return `${name} ${precision} at ${far}: ${got[k]![far]} for ${sums[far]} ${JSON.stringify(one)}`
  }
  return undefined
}

let tensors: number
beforeEach(() => void (tensors = tf.memory().numTensors))
// oxlint-disable-next-line vitest/no-standalone-expect
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

const upTo = (max: number, min = 1) => fc.integer({ min, max })

test.each(PRECISIONS)('convolutions of random shapes are those of plain loops in %s', (precision) => {
  fc.assert(
    fc.property(
      fc.tuple(upTo(4, 0), upTo(9), upTo(9), fc.oneof(upTo(5, 0), upTo(18))),
      fc.tuple(upTo(4), upTo(5), fc.oneof(upTo(5, 0), upTo(21))),
      fc.tuple(upTo(3), upTo(3), upTo(2), upTo(3)),
      fc.tuple(upTo(3, 0), upTo(3, 0), upTo(3, 0), upTo(3, 0)),
      fc.nat(),
      ([images, height, width, ins], [rows, columns, outs], apart, around, seed) => {
        const one: Case = {
          x: [images, height, width, ins],
          filter: [rows, columns, ins, outs],
          strides: [apart[0], apart[1]],
          dilations: [apart[2], apart[3]],
          pad: [
            [around[0], around[1]],
            [around[2], around[3]],
          ],
        }
        fc.pre(
          convolvedShape(one.x, one.filter, windowOf(one))
            .slice(1, 3)
            .every((length) => length >= 1),
        )
        expect(mistakeIn(one, precision, seed)).toBeUndefined()
      },
    ),
    { numRuns: 80 },
  )
})

const NONE = [
  [0, 0],
  [0, 0],
] as const
const LARGE: readonly Case[] = [
  // Several blocks: of whole images, of images of which some blocks have fewer, and of lines.
  { x: [64, 14, 14, 8], filter: [4, 4, 8, 16], strides: [2, 2], dilations: [1, 1], pad: [[1, 1], [1, 1]] },
  { x: [67, 9, 9, 4], filter: [3, 3, 4, 5], strides: [1, 1], dilations: [1, 1], pad: [[1, 1], [1, 1]] },
  { x: [2, 61, 67, 3], filter: [5, 5, 3, 9], strides: [1, 1], dilations: [1, 1], pad: [[2, 2], [2, 2]] },
  { x: [1, 40, 300, 20], filter: [2, 9, 20, 3], strides: [2, 1], dilations: [3, 1], pad: NONE },
  { x: [300, 2, 2, 40], filter: [2, 2, 40, 7], strides: [1, 1], dilations: [1, 1], pad: NONE },
  { x: [5, 20, 20, 30], filter: [1, 1, 30, 20], strides: [1, 1], dilations: [1, 1], pad: NONE },
  { x: [3, 20, 20, 30], filter: [1, 1, 30, 1], strides: [2, 3], dilations: [1, 1], pad: NONE },
  { x: [1, 6, 6, 700], filter: [3, 3, 700, 33], strides: [1, 1], dilations: [1, 1], pad: [[1, 1], [1, 1]] },
  // Filters that lie outside of the image in part at every place, or altogether at some.
  { x: [2, 2, 3, 2], filter: [5, 7, 2, 3], strides: [1, 1], dilations: [1, 1], pad: [[3, 3], [9, 2]] },
] // prettier-ignore

test.each(LARGE)('the convolution of $x with $filter is that of plain loops', (one) => {
  for (const precision of PRECISIONS) expect(mistakeIn(one, precision)).toBeUndefined()
})

test('what is not a number stays where the filter reaches', () => {
  const x = numbers(2 * 6 * 6 * 2, 1)
  x[(1 * 36 + 2 * 6 + 3) * 2] = NaN
  const [y] = run(
    (a, b) => [conv2d(a!, b!)],
    [ndarray(x, [2, 6, 6, 2]), given([2, 2, 2, 3], 2, 'float64')],
    'float64',
  )
  const wrong = [...new Set(y!.flatMap((number, i) => (Number.isNaN(number) ? [Math.floor(i / 3)] : [])))]
  expect(wrong).toEqual([1, 2].flatMap((i) => [2, 3].map((j) => 25 + i * 5 + j)))
})

test('bias and activation are added to sums before they are stored, to the last bit what they are else', () => {
  const shapes = [[3, 11, 9, 5], [3, 3, 5, 13], [13], [3, 9, 7, 13]] // prettier-ignore
  const layers: readonly ((y: tf.Tensor, bias: tf.Tensor, same: tf.Tensor) => tf.Tensor)[] = [
    (y, b) => maximum(add(y, b), 0),
    (y, b) => tanh(add(y, b)),
    (y, b, same) => mul(add(y, b), same),
    (y, b, same) => mul(2, tf.reshape(add(add(y, b), same), [27, 7, 13])),
  ]
  for (const precision of PRECISIONS) {
    for (const layer of layers) {
      const f = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor, same: tf.Tensor): tf.Tensor =>
        layer(conv2d(x, w), b, same)
      const inputs = shapes.map((shape, i) => given(shape, i, precision))
      const fused = compile(f, { engine: 'wasm', precision, passes: { unrolling: false } })
      const [together, apart] = [true, false].map((products) =>
        run((...xs) => [f(...(xs as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor]))], inputs, precision, {
          unrolling: false,
          products,
        }),
      )
      expect(together).toEqual(apart)
      const out = fused(...(inputs as unknown as [NdArray, NdArray, NdArray, NdArray])) as tf.Tensor | NdArray
      if (out instanceof tf.Tensor) out.dispose()
      const pieces = fused.explain().pieces.filter((piece) => piece.kind === 'routine')
      expect(pieces.map((piece) => [piece.operation, (piece.elementwise ?? []).length > 0])).toEqual([
        ['conv2d', true],
      ])
    }
  }
})

test('gradients are those of finite differences', () => {
  const f = (x: tf.Tensor, w: tf.Tensor, v: tf.Tensor): tf.Tensor =>
    sum(tanh(convTranspose2d(tanh(conv2d(x, w, { strides: 2, padding: 'same' })), v, { strides: 2, padding: 'same' }))) // prettier-ignore
  const inputs = [[2, 6, 5, 2], [3, 4, 2, 3], [4, 3, 2, 3]].map((shape, i) => given(shape, i, 'float64')) // prettier-ignore
  const gradients = run(
    (...xs) => valueAndGrad(f)(...(xs as [tf.Tensor, tf.Tensor, tf.Tensor])).grads,
    inputs,
    'float64',
  )
  const value = compile(f, { engine: 'wasm', precision: 'float64' }) as unknown as (
    ...xs: NdArray[]
  ) => NdArray
  for (const [k, { data, shape }] of inputs.entries()) {
    const direction = numbers(data.length, 9)
    const at = (step: number): number => {
      const moved = Float64Array.from(data, (x, i) => x + step * direction[i]!)
      return value(...inputs.with(k, ndarray(moved, [...shape]))).data[0]!
    }
    const difference = (8 * (at(1e-4) - at(-1e-4)) - (at(2e-4) - at(-2e-4))) / 12e-4
    const slope = gradients[k]!.reduce((total, g, i) => total + g * direction[i]!, 0)
    expect(Math.abs(slope - difference) / Math.abs(difference)).toBeLessThan(1e-9)
  }
})

test('patches take bounded memory, however many images there are', () => {
  const memoryOf = (images: number): number => {
    const f = compile((x: tf.Tensor, w: tf.Tensor) => grad((v: tf.Tensor) => sum(conv2d(x, v)))(w), {
      engine: 'wasm',
      passes: { unrolling: false },
    })
    f(ndarray(new Float32Array(images * 20 * 20 * 4), [images, 20, 20, 4]) as never, ndarray(new Float32Array(800), [5, 5, 4, 8]) as never).dispose() // prettier-ignore
    return f.explain().memoryBytes
  }
  const [few, many] = [memoryOf(8), memoryOf(108)]
  // Images and what is summed of the result.
  expect(many - few).toBeLessThan(100 * 4 * (20 * 20 * 4 + 16 * 16 * 8) + 2 ** 17)
})
