import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { key, ndarray, random, type NdArray } from '@variate/core'
import {
  add,
  constant,
  div,
  drawNormal,
  gather,
  logSumExp,
  matVec,
  mul,
  reshape,
  sigmoid,
  softplus,
  sub,
  sum,
} from '@variate/core/ops'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { batch, compile, loop } from '../../src/index.ts'
import { toOnnx } from '../../src/onnx/index.ts'
import { apart, plainOf, type Plain } from './ran.ts'

const weights = random.normal(key(0), [5, 3])
const filter = random.normal(key(2), [2, 2, 1, 3])
const rows = (n: number) => random.normal(key(1), [n, 3])
const images = (n: number) => random.normal(key(1), [n, 4, 4, 1])
const words = Int32Array.from(key(3))

/** What ONNX Runtime gives for a model, by the names of its results. */
async function ran(model: Uint8Array, inputs: Readonly<Record<string, NdArray>>) {
  const session = await ort.InferenceSession.create(model, { logSeverityLevel: 3 })
  const feeds = Object.entries(inputs).map(([name, { data, shape }]) => {
    const isWhole = data instanceof Int32Array
    return [
      name,
      isWhole
        ? new ort.Tensor('int32', data, shape)
        : new ort.Tensor('float32', Float32Array.from(data), shape),
    ]
  })
  const results = await session.run(Object.fromEntries(feeds))
  await session.release()
  return Object.entries(results).map(([name, { data, dims, type }]): [string, Plain] => [
    name,
    { data: data as Float32Array, shape: dims, dtype: type },
  ])
}

type Of = (x: tf.Tensor, words: tf.Tensor) => Readonly<Record<string, tf.Tensor>>

const PROGRAMS: readonly (readonly [string, (n: number) => NdArray, Of])[] = [
  [
    'a network of rows',
    rows,
    (x) => batch((row: tf.Tensor) => ({ y: sigmoid(matVec(constant(weights), row)), s: sum(row) }))(x),
  ],
  ['products, sums and shapes', rows, (x) => ({ y: tf.matMul(x, tf.transpose(x)), s: reshape(x, [-1]) })],
  [
    'what has more rows',
    rows,
    (x) => ({ y: tf.concat([x, mul(2, x), x], 0), s: tf.slice(x, [1, 0], [-1, 2]) }),
  ],
  ['numbers of its own', rows, (x) => ({ y: add(x, tf.zeros([x.shape[0]!, 1])), s: tf.tile(x, [2, 1]) })],
  ['draws', rows, (x, seed) => ({ y: add(x, drawNormal(seed, x.shape)) })],
  [
    'convolutions',
    images,
    (x) => ({ y: tf.conv2d(x as tf.Tensor4D, constant(filter) as tf.Tensor4D, 1, 'same') }),
  ],
  ['what is picked', rows, (x) => ({ y: gather(x, constant([2, 0], 'int32'), 1), s: logSumExp(x, 1) })],
  [
    'a loop over rows',
    rows,
    (x) =>
      loop(
        (state: tf.Tensor, { each }) => {
          const next = add(mul(0.5, state), each)
          return { state: next, outputs: next }
        },
        { state: tf.zeros([3]), each: x, count: x.shape[0]!, collect: { every: 1 } },
      ) as never,
  ],
  [
    'a loop in each row',
    rows,
    (x) =>
      batch((row: tf.Tensor) => ({
        y: loop((state: tf.Tensor) => mul(0.5, add(state, sigmoid(state))), { state: row, count: 4 }).state,
      }))(x),
  ],
]

test.each(PROGRAMS)(
  'a model of any number of rows gives what compiled code gives: %s',
  async (_, make, of) => {
    const f = compile(of)
    const model = toOnnx(f, { args: (n) => [make(n), words], inputs: ['x', 'key'] })
    // Among them lengths that occur in programs, and one that programs were compared at.
    for (const n of [1, 3, 7, 40]) {
      const x = make(n)
      const truth = f(x, words)
      for (const [name, got] of await ran(model, { x, key: ndarray(words) })) {
        const expected = plainOf(truth[name]!)
        expect(apart(got, expected, 2e-6, 1), `${name} of ${n}`).toBeUndefined()
      }
      tf.dispose(truth)
    }
  },
)

test('lengths of a program may be those that it is compared at', async () => {
  const wide = random.normal(key(1), [43, 7])
  const f = compile((x: tf.Tensor) => ({ y: tf.matMul(x, constant(wide) as tf.Tensor2D, false, true) }))
  const of = (n: number) => random.normal(key(2), [n, 7])
  const model = toOnnx(f, { args: (n) => [of(n)], inputs: ['x'] })
  for (const n of [7, 43, 44]) {
    const [[, got]] = (await ran(model, { x: of(n) })) as [[string, Plain]]
    const { y } = f(of(n))
    expect(apart(got, plainOf(y), 2e-6, 1)).toBeUndefined()
    y.dispose()
  }
})

test('the open length has a name, and is that of several arguments', async () => {
  const f = compile((x: tf.Tensor, y: tf.Tensor) => ({ z: add(x, y), one: softplus(sum(y)) }))
  const args = (n: number) => [rows(n), rows(n)] as const
  const model = toOnnx(f, { args, inputs: ['x', 'y'], axis: 'images' })
  const session = await ort.InferenceSession.create(model)
  const shapes = [...session.inputMetadata, ...session.outputMetadata].map(
    (own) => 'shape' in own && own.shape,
  )
  expect(shapes).toEqual([['images', 3], ['images', 3], ['images', 3], []])
  const feeds = {
    x: new ort.Tensor('float32', [1, 2, 3], [1, 3]),
    y: new ort.Tensor('float32', [1, 2], [1, 2]),
  }
  await expect(session.run(feeds)).rejects.toThrow('index: 1 Got: 2 Expected: 3')
  await session.release()
})

test('inputs that nothing is computed of are left out if that is asked for', async () => {
  const f = compile((unread: tf.Tensor, x: tf.Tensor) => {
    void unread
    return { y: tf.concat([x, tf.ones([x.shape[0]!, 1])], 1) }
  })
  const args = (n: number) => [rows(n), rows(n)] as const
  const inputsOf = async (prune: boolean) => {
    const session = await ort.InferenceSession.create(toOnnx(f, { args, inputs: ['unread', 'x'], prune }))
    await session.release()
    return [...session.inputNames]
  }
  expect(await inputsOf(false)).toEqual(['unread', 'x'])
  expect(await inputsOf(true)).toEqual(['x'])
  const fixed = toOnnx(f, { args: args(2), inputs: ['unread', 'x'], prune: true })
  const [[, got]] = (await ran(fixed, { x: rows(2) })) as [[string, Plain]]
  expect(got.shape).toEqual([2, 4])
})

test('numbers that depend on the length otherwise are refused, and what is no length', () => {
  const mean = compile((x: tf.Tensor) => div(sum(softplus(x)), x.shape[0]!))
  expect(() => toOnnx(mean, { args: (n) => [rows(n)] })).toThrow('the length "batch" cannot be left open')
  const square = compile((x: tf.Tensor) => reshape(tf.matMul(x, tf.transpose(x)), [-1]))
  expect(() => toOnnx(square, { args: (n) => [rows(n)] })).toThrow('the length "batch" cannot be left open')
  const few = compile((x: tf.Tensor) => (x.shape[0]! < 30 ? sub(x, 1) : add(x, 1)))
  expect(() => toOnnx(few, { args: (n) => [rows(n)] })).toThrow('the length "batch" cannot be left open')
  const fixed = compile((x: tf.Tensor) => add(x, 1))
  expect(() => toOnnx(fixed, { args: () => [rows(4)], axis: 'n' })).toThrow(
    'the length "n" cannot be left open',
  )
  expect(() => toOnnx(fixed, { args: (n) => [rows(n)], axis: '' })).toThrow('axis must be a text')
})
