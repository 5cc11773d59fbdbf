import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray, ShapeError } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile, grad, valueAndGrad } from '../src/index.ts'

type Op = (x: tf.Tensor) => tf.Tensor
const sum =
  (f: Op): Op =>
  (x) =>
    tf.sum(f(x))

/** Functions of one variable with their derivatives in closed form, the second as well. */
const FUNCTIONS: readonly (readonly [string, Op, (x: number) => number, (x: number) => number])[] = [
  ['exp', tf.exp, Math.exp, Math.exp],
  ['x·exp', (x) => tf.mul(x, tf.exp(x)), (x) => (1 + x) * Math.exp(x), (x) => (2 + x) * Math.exp(x)],
  ['tanh', tf.tanh, (x) => 1 / Math.cosh(x) ** 2, (x) => (-2 * Math.tanh(x)) / Math.cosh(x) ** 2],
  [
    'sigmoid',
    tf.sigmoid,
    (x) => 1 / (2 + 2 * Math.cosh(x)),
    (x) => -Math.sinh(x) / (2 * (1 + Math.cosh(x)) ** 2),
  ],
  ['softplus', tf.softplus, (x) => 1 / (1 + Math.exp(-x)), (x) => 1 / (2 + 2 * Math.cosh(x))],
  ['square', tf.square, (x) => 2 * x, () => 2],
  ['sin', tf.sin, Math.cos, (x) => -Math.sin(x)],
  ['atan', tf.atan, (x) => 1 / (1 + x * x), (x) => (-2 * x) / (1 + x * x) ** 2],
]

test.each(FUNCTIONS)(
  'the first and the second derivative of %s are those of its closed form, in float64',
  (_, f, first, second) => {
    const slope = compile(grad(sum(f)), { precision: 'float64' })
    const curvature = compile(grad(sum(grad(sum(f)))), { precision: 'float64' })
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 5 }),
        (xs) => {
          const given = Float64Array.from(xs)
          const [d1, d2] = [slope(given).data, curvature(given).data]
          for (const [i, x] of xs.entries()) {
            expect(Math.abs(d1[i]! - first(x))).toBeLessThanOrEqual(2e-14 * Math.max(1, Math.abs(first(x))))
            expect(Math.abs(d2[i]! - second(x))).toBeLessThanOrEqual(5e-14 * Math.max(1, Math.abs(second(x))))
          }
        },
      ),
      { numRuns: 40 },
    )
  },
)

test('the second derivative of logSumExp is diag(p) − ppᵀ for p = softmax(x)', () => {
  const f: Op = (x) => tf.logSumExp(x)
  const row = (i: number) =>
    compile(
      grad((x: tf.Tensor) => tf.reshape(tf.slice(grad(f)(x), [i], [1]), [])),
      { precision: 'float64' },
    )
  const x = [0.5, -1, 2]
  const total = x.reduce((all, y) => all + Math.exp(y), 0)
  const p = x.map((y) => Math.exp(y) / total)
  for (let i = 0; i < 3; i++) {
    const got = row(i)(Float64Array.from(x)).data
    for (let j = 0; j < 3; j++) expect(got[j]).toBeCloseTo((i === j ? p[i]! : 0) - p[i]! * p[j]!, 14)
  }
})

test('gradients of matrix products, broadcasts and slices are those of central differences', () => {
  const f = (w: tf.Tensor, x: tf.Tensor, b: tf.Tensor): tf.Tensor => {
    const h = tf.tanh(tf.add(tf.matMul(x, w), b))
    return tf.sum(tf.mul(tf.slice(h, [0, 0], [2, 1]), tf.slice(h, [1, 1], [2, 1])))
  }
  const shapes = [[2, 2], [3, 2], [2]] // prettier-ignore
  const values = shapes.map((shape, k) =>
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(3 * k + i)),
  )
  const program = compile(
    (w: tf.Tensor, x: tf.Tensor, b: tf.Tensor) =>
      valueAndGrad(f)(tf.reshape(w, shapes[0]!), tf.reshape(x, shapes[1]!), b),
    { precision: 'float64' },
  )
  const at = (all: number[][]) =>
    program(Float64Array.from(all[0]!), Float64Array.from(all[1]!), Float64Array.from(all[2]!))
  const { grads } = at(values)
  for (const [k, own] of values.entries()) {
    for (const i of own.keys()) {
      const moved = (h: number) =>
        at(values.map((v, j) => (j === k ? v.with(i, v[i]! + h) : v))).value.data[0]!
      expect(grads[k]!.data[i]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 9)
    }
  }
})

test('a function that returns no scalar has no gradient', () => {
  const f = compile(grad((x: tf.Tensor) => tf.exp(x)))
  expect(() => f(Float32Array.of(1, 2))).toThrow('the function must return a scalar, got shape [2]')
})

test('without a trace, gradients are those of TensorFlow.js', () => {
  tf.tidy(() => {
    const { value, grads } = valueAndGrad((x: tf.Tensor) => ops.sum(ops.square(x)))(tf.tensor1d([1, 2]))
    expect(value.arraySync()).toBe(5)
    expect(grads[0].arraySync()).toEqual([2, 4])
  })
})

describe('without a trace', () => {
  const numbers = (f: () => tf.Tensor) => tf.tidy(() => Array.from(f().dataSync()))

  test('a function that returns no scalar has no gradient, and leaves no tensors', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([1, 2])
      const before = tf.memory().numTensors
      expect(() => grad((y: tf.Tensor) => ops.exp(y))(x)).toThrow(ShapeError)
      expect(() => grad((y: tf.Tensor) => ops.exp(y))(x)).toThrow(
        'valueAndGrad: the function must return a scalar, got shape [2]',
      )
      expect(tf.memory().numTensors).toBe(before)
    })
  })

  test('what a function does not depend on has the slope 0', () => {
    const f = (...xs: readonly [tf.Tensor, tf.Tensor]) => ops.sum(ops.square(xs[0]))
    const before = tf.memory().numTensors
    const slopes = (i: 0 | 1) => () => valueAndGrad(f)(tf.tensor1d([1, 2]), tf.tensor1d([3, 4, 5])).grads[i]
    expect(numbers(slopes(0))).toEqual([2, 4])
    expect(numbers(slopes(1))).toEqual([0, 0, 0])
    expect(numbers(() => grad(() => tf.scalar(2))(tf.scalar(1)))).toEqual([0])
    expect(numbers(() => grad((x: tf.Tensor) => x)(tf.scalar(1)))).toEqual([1])
    expect(tf.memory().numTensors).toBe(before)
  })

  test('arguments that are one tensor are several variables', () => {
    const x = () => tf.scalar(3)
    const product = (a: tf.Tensor, b: tf.Tensor) => ops.mul(a, b)
    const both = (y: tf.Tensor) => valueAndGrad(product)(y, y).grads
    expect(numbers(() => both(x())[0])).toEqual([3])
    expect(numbers(() => both(x())[1])).toEqual([3])
    const inner = (y: tf.Tensor) => grad((z: tf.Tensor) => ops.mul(y, z))(y)
    expect(numbers(() => grad(inner)(x()))).toEqual([1])
  })
})

test('within TensorFlow.js’s own gradient, traced or not, one can be taken: of x³ first, 6x then', () => {
  const cube: Op = (x) => ops.sum(ops.pow(x, 3))
  const second: Op = (x) => tf.grad((y) => ops.sum(grad(cube)(y)))(x)
  expect(tf.tidy(() => Array.from(second(tf.tensor1d([1, 2])).dataSync()))).toEqual([6, 12])
  expect(Array.from(compile(second, { precision: 'float64' })(Float64Array.of(1, 2)).data)).toEqual([6, 12])
})

describe('variables are told apart from what else has their values', () => {
  const at = (f: Op, ...xs: number[]) => {
    const x = xs.length > 1 ? Float64Array.from(xs) : ndarray(Float64Array.from(xs), [])
    return Array.from(compile(f, { precision: 'float64' })(x).data)
  }

  test('a constant: (y²)′ at 3, and the gradient in ε of Σ(x + ε)² at 0', () => {
    expect(at(() => grad((y: tf.Tensor) => tf.mul(y, y))(tf.scalar(3)), 1)).toEqual([6])
    const inEpsilon: Op = (x) => grad((e: tf.Tensor) => tf.sum(tf.square(tf.add(x, e))))(tf.zeros([2]))
    expect(at(inEpsilon, 1, 2)).toEqual([2, 4])
  })

  test('a neutral constant: x·(x + y)′ = x has slope 1', () => {
    const f: Op = (x) => tf.mul(x, grad((y: tf.Tensor) => tf.add(x, y))(tf.scalar(1)))
    expect(at(grad(f), 3)).toEqual([1])
  })

  test('an expression: in y, y·eˣ has the slope eˣ at y = eˣ', () => {
    const f: Op = (x) => grad((y: tf.Tensor) => tf.mul(y, tf.exp(x)))(tf.exp(x))
    expect(at(f, 0)).toEqual([1])
  })

  test('another variable: x·y has in y the slope x, and that in x the slope 1, at y = x', () => {
    expect(
      at(
        grad((x: tf.Tensor) => grad((y: tf.Tensor) => tf.mul(x, y))(x)),
        3,
      ),
    ).toEqual([1])
    const both: Op = (x) =>
      tf.stack([...valueAndGrad((a: tf.Tensor, b: tf.Tensor) => tf.mul(a, b))(x, x).grads])
    expect(at(both, 3)).toEqual([3, 3])
  })

  test('a function that returns its variable, or leaves it alone, has the slopes 1 and 0', () => {
    expect(
      at(
        grad((x: tf.Tensor) => x),
        3,
      ),
    ).toEqual([1])
    expect(
      at(
        grad(() => tf.scalar(2)),
        3,
      ),
    ).toEqual([0])
  })

  test('in eager programs as well', () => {
    const f = compile((x: tf.Tensor) => grad((y: tf.Tensor) => tf.sum(tf.mul(y, x)))(x), { engine: 'eager' })
    const slope = f(Float32Array.of(1, 2))
    expect(Array.from(slope.dataSync())).toEqual([1, 2])
    slope.dispose()
  })
})
