import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray, type NdArray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile, valueAndGrad, type Precision } from '../../src/index.ts'
import { PASSES, type Passes } from '../../src/graph/passes.ts'
import { epsilonOf, PRECISIONS } from './computed.ts'
import { numbers } from './numbers.ts'
import { sizeOf } from './places.ts'

type Make = (...xs: tf.Tensor[]) => tf.Tensor | readonly tf.Tensor[]

const NONE = Object.fromEntries(PASSES.map((pass) => [pass, false])) as unknown as Passes

const given = (shape: readonly number[], seed: number, precision: Precision): NdArray =>
  ndarray(numbers(sizeOf(shape), seed).map(precision === 'float32' ? Math.fround : Number), [...shape])

/** What a program gives, and what is made of the products of matrices in it before they are stored. */
function run(f: Make, inputs: readonly NdArray[], precision: Precision, passes: Partial<Passes>) {
  const program = compile(f, { engine: 'wasm', precision, passes })
  const results = [program(...inputs)].flat() as readonly (tf.Tensor | NdArray)[]
  const data = results.map((x) => Array.from(x instanceof tf.Tensor ? x.dataSync() : x.data))
  tf.dispose(results.filter((x) => x instanceof tf.Tensor))
  const { pieces, called } = program.explain()
  const fused = pieces.flatMap((piece) =>
    piece.kind === 'routine' && piece.elementwise ? [piece.elementwise] : [],
  )
  return { data, fused, called }
}

/** Asserts that fused products are those that are stored first to the last bit, and but for rounding those without passes. */
function compared(f: Make, inputs: readonly NdArray[], precision: Precision): readonly (readonly string[])[] {
  const { data, fused, called } = run(f, inputs, precision, { unrolling: false })
  const apart = run(f, inputs, precision, { unrolling: false, products: false })
  const literal = run(f, inputs, precision, NONE)
  expect(called).toEqual([])
  expect(apart.fused).toEqual([])
  expect(data).toEqual(apart.data)
  const largest = literal.data.flat().reduce((max, x) => Math.max(max, Math.abs(x)), 0)
  for (const [i, xs] of data.entries()) {
    const far = xs.reduce((max, x, j) => Math.max(max, Math.abs(x - literal.data[i]![j]!)), 0)
    expect(far / Math.max(1, largest)).toBeLessThan(400 * epsilonOf(precision))
  }
  return fused
}

/** What may be made of a product [rows, columns]: of it, of a bias, of a matrix of its shape, and of a column. */
const CHAINS: Readonly<
  Record<string, (product: tf.Tensor, bias: tf.Tensor, same: tf.Tensor, column: tf.Tensor) => tf.Tensor>
> = {
  bias: (p, b) => ops.add(p, b),
  'a column that is added': (p, _, __, c) => ops.add(p, c),
  'bias and relu': (p, b) => tf.relu(ops.add(p, b)),
  'bias and tanh': (p, b) => ops.tanh(ops.add(p, b)),
  'bias and sigmoid': (p, b) => ops.sigmoid(ops.add(p, b)),
  'bias and softplus': (p, b) => ops.softplus(ops.add(p, b)),
  'bias and leaky relu': (p, b) => tf.leakyRelu(ops.add(p, b) as tf.Tensor2D, 0.1),
  'a residual': (p, _, same) => ops.add(same, p),
  'all of them': (p, b, same, c) => ops.mul(c, ops.add(same, tf.relu(ops.add(p, b)))),
  'a derivative of tanh': (p, _, same) => ops.mul(p, ops.sub(1, ops.square(same))),
  'a mask': (p, _, same) => tf.where(tf.greater(same, 0), p, tf.zerosLike(p)),
  'its own square': (p) => ops.mul(p, ops.add(p, 1)),
  scale: (p) => ops.mul(0.25, p),
  'a number that is given': (p, b) => ops.mul(p, ops.reshape(ops.slice(b, [1], [1]), [])),
}
const BATCHES: readonly (readonly [a: readonly number[], b: readonly number[]])[] = [
  [[3, 5, 7], [3, 7, 9]],
  [[3, 5, 7], [7, 9]],
  [[2, 3, 5, 70], [2, 3, 70, 9]],
  [[2, 1, 5, 70], [1, 3, 70, 9]],
  [[2, 3, 5, 70], [1, 1, 70, 9]],
  [[4, 1, 70], [4, 70, 9]],
  [[4, 33, 70], [4, 70, 1]],
  [[33, 70], [70, 1]],
  [[1, 700], [700, 9]],
  [[64, 784], [784, 30]],
  [[64, 1100], [1100, 33]],
  [[1500, 70], [70, 19]],
] // prettier-ignore
const lengths = fc.oneof(fc.integer({ min: 2, max: 40 }), fc.constantFrom(2, 3, 4, 8, 16, 33))

describe.each(PRECISIONS)('in %s', (precision) => {
  test.each(Object.entries(CHAINS))('%s is made of a product before it is stored', (_, chain) => {
    fc.assert(
      fc.property(lengths, lengths, lengths, fc.nat(3), fc.nat(), (rows, inner, columns, flags, seed) => {
        const [transposeA, transposeB] = [(flags & 1) > 0, (flags & 2) > 0]
        const f: Make = (a, b, bias, same, column) =>
          chain(ops.matMul(a!, b!, { transposeA, transposeB }), bias!, same!, column!)
        const shapes = [
          transposeA ? [inner, rows] : [rows, inner],
          transposeB ? [columns, inner] : [inner, columns],
          [columns],
          [rows, columns],
          [rows, 1],
        ]
        const inputs = shapes.map((shape, i) => given(shape, seed + i, precision))
        const fused = compared(f, inputs, precision)
        expect(fused).toHaveLength(1)
      }),
      { numRuns: 6 },
    )
  })

  test.each(BATCHES)(
    '%o times %o, with what is of the whole, of matrices, rows, columns and numbers',
    (a, b) => {
      const of = (shape: readonly number[], axis: number): number => shape.at(axis) ?? 1
      const axes = Array.from({ length: Math.max(a.length, b.length) - 2 }, (_, i) => i - 2)
      const batch = axes.map((_, i) => -axes.length - 2 + i).map((axis) => Math.max(of(a, axis), of(b, axis)))
      const [rows, columns] = [a.at(-2)!, b.at(-1)!]
      const parts = [[columns], [rows, columns], [rows, 1], [...batch, rows, columns], [...batch, 1, 1]]
      const shapes = [a, b, ...parts, [...batch, rows, 1]]
      const inputs = shapes.map((shape, i) => given(shape, i, precision))
      const isTiled = rows > 1 && columns > 1
      for (let k = 2; k < shapes.length; k++) {
        const scaled: Make = (...xs) => ops.mul(xs[k]!, ops.sub(ops.matMul(xs[0]!, xs[1]!), 1))
        // Matrices that are multiplied as one have all of their rows, or none, in what is read besides.
        const isStacked = sizeOf(batch) > 1 && sizeOf(b.slice(0, -2)) === 1
        const count = +(isTiled && (!isStacked || [2, 5, 7].includes(k)))
        // Written into tiles, and row by row.
        expect(compared(scaled, inputs, precision)).toHaveLength(count)
        expect(compared((...xs) => ops.tanh(scaled(...xs) as tf.Tensor), inputs, precision)).toHaveLength(
          count,
        )
      }
    },
  )

  test('reshaped products, those of which several are made, and sums of products', () => {
    const inputs = [[24, 30], [30, 40], [2, 12, 40], [40], [12, 40]].map((shape, i) =>
      given(shape, i, precision),
    )
    const product: Make = (a, b) => ops.matMul(a!, b!)
    const cases: readonly (readonly [fused: number, f: Make])[] = [
      [1, (a, b, same) => ops.add(same!, ops.reshape(product(a!, b!) as tf.Tensor, [2, 12, 40]))],
      [1, (a, b, _, bias) => ops.reshape(tf.relu(ops.add(product(a!, b!) as tf.Tensor, bias!)), [2, 12, 40])],
      // Rows of another shape that are read again for each element of a batch are no axis of the product's.
      [0, (a, b, _, __, part) => ops.add(part!, ops.reshape(product(a!, b!) as tf.Tensor, [2, 12, 40]))],
      [0, (a, b) => { const p = product(a!, b!) as tf.Tensor; return [tf.relu(p), p] }],
      [0, (a, b) => { const p = product(a!, b!) as tf.Tensor; return [tf.relu(p), ops.exp(p)] }],
      [0, (a, b) => { const p = product(a!, b!) as tf.Tensor; return ops.sub(p, ops.sum(p, 1, true)) }],
      [0, (a, b) => ops.sum(ops.square(product(a!, b!) as tf.Tensor), 1)],
      [1, (a, b) => ops.add(product(a!, b!) as tf.Tensor, ops.matMul(ops.neg(a!), b!))],
      [2, (a, b, _, bias) => {
        const hidden = tf.relu(ops.add(product(a!, b!) as tf.Tensor, bias!))
        return tf.relu(ops.matMul(hidden, b!, { transposeB: true }))
      }],
      [0, (a, b) => tf.transpose(tf.relu(product(a!, b!) as tf.Tensor))],
      [0, (a, b) => ops.tril(product(a!, b!) as tf.Tensor)],
    ] // prettier-ignore
    for (const [i, [count, f]] of cases.entries())
      expect([i, compared(f, inputs, precision).length]).toEqual([i, count])
  })

  test('a network with its gradient', () => {
    const shapes = [[40, 30], [30, 20], [20], [20, 10], [10]] // prettier-ignore
    const inputs = shapes.map((shape, i) => given(shape, i, precision))
    const loss = (x: tf.Tensor, ...[w, b, v, c]: tf.Tensor[]): tf.Tensor => {
      const hidden = ops.tanh(ops.add(ops.matMul(x, w!), b!))
      return ops.sum(ops.square(ops.add(ops.matMul(hidden, v!), c!)))
    }
    const f: Make = (x, ...rest) => valueAndGrad((...xs: tf.Tensor[]) => loss(x!, ...xs))(...rest).grads
    expect(compared(f, inputs, precision).length).toBeGreaterThan(1)
  })
})

test('products with NaN and infinite numbers have them in the same places', () => {
  const [a, b] = [given([9, 70], 1, 'float64'), given([70, 20], 2, 'float64')]
  a.data[3] = Infinity
  a.data[75] = NaN
  b.data[20] = -Infinity
  const f: Make = (x, y) => tf.relu(ops.sub(ops.matMul(x!, y!), 1))
  const [fused, apart] = [{}, { products: false }].map(
    (passes) => run(f, [a, b], 'float64', { unrolling: false, ...passes }).data,
  )
  expect(fused).toEqual(apart)
})

test.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
  'the kernel of fused products is one piece with %s, and what TensorFlow.js has',
  (activation) => {
    const [a, b, bias, alpha] = [[33, 40], [40, 21], [21], [1, 21]].map((shape, i) =>
      tf.tensor(Float32Array.from(numbers(sizeOf(shape), i)), shape as [number, number]),
    ) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.Tensor2D]
    const f = (...[x, y, z, slope]: tf.Tensor[]): tf.Tensor =>
      tf.fused.matMul({
        a: x as tf.Tensor2D,
        b: y as tf.Tensor2D,
        bias: z!,
        activation,
        leakyreluAlpha: 0.3,
        ...(activation === 'prelu' && { preluActivationWeights: slope! }),
      })
    const program = compile(f, { engine: 'wasm', passes: { unrolling: false } })
    const [got, wanted] = [program(a, b, bias, alpha), f(a, b, bias, alpha)]
    const truth = wanted.dataSync()
    got.dataSync().forEach((x, i) => expect(x).toBeCloseTo(truth[i]!, 4))
    const { pieces } = program.explain()
    expect(pieces).toHaveLength(1)
    expect(pieces[0]).toMatchObject({ kind: 'routine', operation: 'matMul' })
    tf.dispose([a, b, bias, alpha, got, wanted])
  },
)

test('explain counts the pieces that are saved', () => {
  const f = compile((a: tf.Tensor, b: tf.Tensor) => tf.relu(ops.matMul(a, b)))
  f(tf.ones([90, 90]), tf.ones([90, 90]))
  const { passes, pieces } = f.explain()
  expect(passes.find(({ pass }) => pass === 'products')).toEqual({ pass: 'products', before: 2, after: 1 })
  expect(pieces).toEqual([{ kind: 'routine', operation: 'matMul', elementwise: ['lessEqual', 'where'] }])
})
