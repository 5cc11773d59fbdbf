import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { ndarray } from '@variate/core'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'

type Shape = readonly number[]
type Calls = (x: tf.Tensor) => readonly tf.Tensor[]

/** Tensors of each rank, and empty ones. */
const SHAPES: readonly Shape[] = [
  [], [1], [5], [3, 2], [1, 4], [2, 3, 2], [2, 1, 2, 3], [1, 2, 3, 1, 2], [2, 1, 3, 2, 1, 2],
  [0], [2, 0], [0, 3], [2, 0, 3], [1, 0, 2, 0, 1, 2],
] // prettier-ignore

const AWKWARD = [NaN, Infinity, -Infinity, 0, -0, 1, -2.5, 0.5, 3]

/** Shapes that broadcast against a shape, of the same rank, less and more. */
function partners(shape: Shape): readonly Shape[] {
  const ones = shape.map(() => 1)
  return [
    shape,
    ones,
    shape.slice(1),
    [],
    shape.map((length, axis) => (axis % 2 === 0 ? length : 1)),
    ...(shape.length < 6
      ? [
          [2, ...shape],
          [1, ...ones],
        ]
      : []),
  ]
}

function filled(shape: Shape, seed: number): tf.Tensor {
  const size = shape.reduce((product, length) => product * length, 1)
  const data = Array.from({ length: size }, (_, i) => AWKWARD[(7 * i + seed) % AWKWARD.length]!)
  return tf.tensor(data, [...shape], 'float32')
}

const reductions: Calls = (x) => {
  const axes = [
    undefined,
    ...x.shape.keys(),
    ...x.shape.map((_, axis) => [axis, x.rank - 1 - axis].toSorted()),
  ]
  const distinct = axes.map((axis) => (Array.isArray(axis) ? [...new Set(axis)] : axis))
  const isEmpty = x.size === 0
  const finite = tf.where(tf.isFinite(x), x, tf.onesLike(x))
  return distinct.flatMap((axis) => [
    tf.sum(finite, axis),
    tf.sum(x, axis, true),
    tf.any(tf.greater(x, 0), axis),
    tf.all(tf.greater(x, 0), axis),
    tf.prod(finite, axis),
    ...(isEmpty ? [] : [tf.max(finite, axis), tf.min(finite, axis, true), tf.mean(finite, axis)]),
  ])
}

const moves: Calls = (x) => {
  const axes = [...x.shape.keys()]
  const turned = axes.map((axis) => axes.map((_, i) => (i + axis) % x.rank))
  return [
    tf.reshape(x, [x.size]),
    tf.expandDims(x, 0),
    tf.expandDims(x, -1),
    tf.stack([x, tf.neg(x)], x.rank),
    tf.transpose(x),
    ...turned.map((perm) => tf.transpose(x, perm)),
    ...axes.flatMap((axis) => {
      const length = x.shape[axis]!
      const some = (value: number, other: number) => x.shape.map((_, i) => (i === axis ? value : other))
      return [
        tf.concat([x, tf.neg(x)], axis),
        tf.reverse(x, axis),
        tf.cumsum(tf.onesLike(x), axis),
        tf.tile(x, some(2, 1)),
        tf.slice(x, some(length >> 1, 0)),
        tf.gather(x, tf.tensor1d(length > 0 ? [length - 1, 0] : [], 'int32'), axis),
        ...(x.rank <= 4
          ? [tf.pad(x, x.shape.map((_, i) => (i === axis ? [1, 2] : [0, 0])) as never, -1)]
          : []),
        ...tf.split(x, [length - (length >> 1), length >> 1], axis),
      ]
    }),
  ]
}

const values: Calls = (x) => [
  tf.neg(x), tf.abs(x), tf.square(x), tf.relu(x), tf.floor(x), tf.isNaN(x), tf.cast(x, 'bool'), tf.exp(x), tf.sigmoid(x),
  tf.tanh(x), tf.reciprocal(x), tf.clipByValue(x, -1, 1), tf.softplus(x), tf.elu(x), tf.round(x), tf.log1p(x),
] // prettier-ignore

const pairs = (x: tf.Tensor, y: tf.Tensor): readonly tf.Tensor[] => [
  tf.add(x, y), tf.sub(x, y), tf.mul(x, y), tf.div(x, y), tf.equal(x, y), tf.less(x, y), tf.notEqual(x, y),
  tf.greaterEqual(x, y), tf.where(tf.greater(x, y), x, y), tf.squaredDifference(x, y),
] // prettier-ignore

type Given = readonly tf.Tensor[]
type Outcome = { readonly told: string; readonly numbers: readonly number[] }

const outcome = (dtype: string, shape: Shape, data: ArrayLike<number>): Outcome => ({
  told: `${dtype} [${shape}]`,
  numbers: Array.from(data, Math.fround),
})

/** What does not come out as it does eagerly, in each precision, written out and in loops. */
function differences(f: (...xs: tf.Tensor[]) => readonly tf.Tensor[], given: Given): readonly string[] {
  return within(() => {
    const eager = f(...given).map((x) => outcome(x.dtype, x.shape, x.dataSync()))
    const found: string[] = []
    for (const unroll of [true, false]) {
      const narrow = compile(f, { engine: 'wasm', passes: { unrolling: unroll } })(...given)
      const arrays = given.map((x) => ndarray(Float64Array.from(x.dataSync()), x.shape))
      const wide = compile(f, { engine: 'wasm', passes: { unrolling: unroll }, precision: 'float64' })(
        ...arrays,
      )
      eager.forEach((wanted, i) => {
        const [x, { data, shape }] = [narrow[i]!, wide[i]!]
        const gaps = [
          gap(outcome(x.dtype, x.shape, x.dataSync()), wanted),
          gap(outcome(wanted.told.split(' ')[0]!, shape, data), wanted),
        ]
        gaps.forEach(
          (text, k) =>
            text && found.push(`result ${i}, ${['float32', 'float64'][k]}, unroll ${unroll}: ${text}`),
        )
      })
    }
    return found
  })
}

/** The texts that `f` gives; its tensors are disposed. */
function within(f: () => readonly string[]): readonly string[] {
  let found: readonly string[] = []
  tf.tidy(() => void (found = f()))
  return found
}

function gap(got: Outcome, wanted: Outcome): string | undefined {
  if (got.told !== wanted.told || got.numbers.length !== wanted.numbers.length)
    return `${got.told} for ${wanted.told}`
  const far = wanted.numbers.findIndex((y, i) => !isLike(got.numbers[i]!, y))
  return far < 0 ? undefined : `${got.numbers[far]} for ${wanted.numbers[far]} at ${far}`
}

function isLike(got: number, truth: number): boolean {
  return Object.is(got, truth) || Math.abs(got - truth) <= 2e-6 * Math.max(Math.abs(truth), 1e-3)
}

describe.each(SHAPES.map((shape) => [`[${shape}]`, shape] as const))('of shape %s', (_, shape) => {
  const of = (f: Calls) => within(() => differences(f as never, [filled(shape, 2)]))

  test('elements are what they are eagerly', () => expect(of(values)).toEqual([]))
  test('sums, products and the like along axes are what they are eagerly', () =>
    expect(of(reductions)).toEqual([]))
  test('what is moved is where it is eagerly', () => expect(of(moves)).toEqual([]))
  test('operations on two tensors broadcast as they do eagerly', () => {
    const found = partners(shape).flatMap((other) =>
      within(() =>
        differences(pairs, [filled(shape, 2), filled(other, 5)]).map((gapOf) => `[${other}]: ${gapOf}`),
      ),
    )
    expect(found).toEqual([])
  })
})
