import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ndarray, ShapeError, type NdArray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { batch, compile, grad, hessianVectorProduct, loop, valueAndGrad } from '../src/index.ts'

type Args = readonly tf.Tensor[]
type Objective = (...args: Args) => tf.Tensor

interface Case {
  readonly name: string
  readonly shapes: readonly (readonly number[])[]
  readonly args: readonly (readonly number[])[]
  readonly direction: readonly (readonly number[])[]
  readonly hessian: readonly (readonly number[])[]
  readonly third: number
}

const { cases } = JSON.parse(readFileSync(new URL('./oracles/hessians.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[]
}

const range = (n: number, f: (i: number) => number) =>
  ops.constant(Float64Array.from({ length: n }, (_, i) => f(i)))
const column = (x: tf.Tensor) => ops.expandDims(x, 1)

/** The functions of generate-hessians.py. */
const OBJECTIVES: Readonly<Record<string, Objective>> = {
  rosenbrock: (x) => {
    const [head, tail] = [ops.slice(x!, [0], [4]), ops.slice(x!, [1], [4])]
    const bend = ops.mul(100, ops.square(ops.sub(tail, ops.square(head))))
    return ops.sum(ops.add(bend, ops.square(ops.sub(1, head))))
  },
  logistic: (weights, bias) => {
    const x = ops.reshape(range(24, Math.sin), [8, 3])
    const signs = range(8, (i) => 1 - 2 * (i % 2))
    return ops.sum(ops.softplus(ops.mul(signs, ops.add(ops.matVec(x, weights!), bias!))))
  },
  network: (first, second) => {
    const x = ops.reshape(range(6, Math.cos), [3, 2])
    return ops.sum(ops.square(ops.tanh(ops.matMul(ops.tanh(ops.matMul(x, first!)), second!))))
  },
  mixture: (means, logits) => {
    const x = range(5, (i) => i - 2)
    const weights = ops.sub(logits!, ops.logSumExp(logits!))
    const distances = ops.square(ops.sub(column(x), means!))
    return ops.sum(ops.logSumExp(ops.sub(weights, ops.mul(0.5, distances)), 1))
  },
  beta: (a, b) => ops.sub(ops.add(ops.lgamma(a!), ops.lgamma(b!)), ops.lgamma(ops.add(a!, b!))),
  process: (length, noise) => {
    const x = range(5, (i) => i / 4)
    const scaled = ops.div(ops.sub(column(x), x), ops.exp(length!))
    const k = ops.add(ops.exp(ops.mul(-0.5, ops.square(scaled))), ops.mul(ops.exp(noise!), ops.eye(5)))
    const factor = ops.cholesky(k)
    const z = ops.triangularSolve(factor, column(range(5, (i) => Math.sin((5 * i) / 4))))
    return ops.sub(ops.mul(-0.5, ops.sum(ops.square(z))), ops.sum(ops.log(ops.diagPart(factor))))
  },
  recurrence: (a, x) => {
    const step = (s: tf.Tensor, { each }: { each: tf.Tensor }) => ops.tanh(ops.add(ops.mul(a!, s), each))
    return ops.square(loop(step, { state: 0, count: 4, each: x! }).state)
  },
  pairs: (x, y) => {
    const wide = column(y!)
    const ratio = ops.div(ops.pow(x!, 3), ops.add(1, ops.exp(wide)))
    return ops.sum(ops.add(ratio, ops.mul(ops.sin(x!), ops.square(wide))))
  },
}

/** How far two numbers are from each other, of the larger of the second and 1. */
const apart = (got: number, truth: number): number => Math.abs(got - truth) / Math.max(1, Math.abs(truth))
const arrays = (shapes: Case['shapes'], flat: Case['args']): NdArray<Float64Array>[] =>
  shapes.map((shape, i) => ndarray(Float64Array.from(flat[i]!), shape))
const flat = (xs: readonly { readonly data: ArrayLike<number> }[]): number[] =>
  xs.flatMap(({ data }) => Array.from(data))

describe.each(cases)('$name', ({ name, shapes, args, direction, hessian, third }) => {
  const f = OBJECTIVES[name]!
  const product = compile(hessianVectorProduct(f), { precision: 'float64' })
  const given = arrays(shapes, args)
  /** Unit tangents of all arguments flattened, one behind the other. */
  const unit = (at: number): number[][] => {
    let passed = 0
    return args.map((own) => {
      const start = passed
      passed += own.length
      return own.map((_, i) => +(start + i === at))
    })
  }

  test('columns of the Hessian are those of JAX, and it is symmetric', () => {
    const got = hessian.map((_, at) => flat(product(given, arrays(shapes, unit(at)))))
    for (const [i, row] of hessian.entries()) {
      for (const [j, truth] of row.entries()) {
        expect(apart(got[j]![i]!, truth)).toBeLessThan(1e-10)
        expect(apart(got[i]![j]!, got[j]![i]!)).toBeLessThan(1e-11)
      }
    }
  })

  test('products are differences of the gradient', () => {
    const slopes = compile((...xs: Args) => valueAndGrad(f)(...xs).grads, { precision: 'float64' })
    const moved = (h: number): number[] =>
      flat(
        slopes(
          ...arrays(
            shapes,
            args.map((own, k) => own.map((x, i) => x + h * direction[k]![i]!)),
          ),
        ),
      )
    const difference = (h: number): number[] => {
      const [ahead, behind] = [moved(h), moved(-h)]
      return ahead.map((x, i) => (x - behind[i]!) / (2 * h))
    }
    // Richardson's extrapolation: the error is of order h⁴.
    const [half, full] = [difference(5e-4), difference(1e-3)]
    for (const [i, x] of flat(product(given, arrays(shapes, direction))).entries()) {
      expect(apart(x, (4 * half[i]! - full[i]!) / 3)).toBeLessThan(1e-7)
    }
  })

  test('the third derivative along a direction is that of JAX, by three gradients and by that of a product', () => {
    const along = (t: tf.Tensor): tf.Tensor =>
      f(
        ...args.map((own, k) => {
          const x = ops.constant(arrays(shapes, args)[k]!)
          return own.length === 0 ? x : ops.add(x, ops.mul(t, ops.constant(arrays(shapes, direction)[k]!)))
        }),
      )
    const zero = ndarray(Float64Array.of(0), [])
    expect(
      apart(compile(grad(grad(grad(along))), { precision: 'float64' })(zero).data[0]!, third),
    ).toBeLessThan(1e-9)
    const second = (t: tf.Tensor) => hessianVectorProduct(along)([t], [ops.constant(1)])[0]
    expect(apart(compile(grad(second), { precision: 'float64' })(zero).data[0]!, third)).toBeLessThan(1e-9)
  })
})

test('derivatives of exp(2x)·sin x to the third order are those of its closed form', () => {
  const f = (x: tf.Tensor) => ops.mul(ops.exp(ops.mul(2, x)), ops.sin(x))
  const at = (g: typeof f, x: number) =>
    compile(g, { precision: 'float64' })(ndarray(Float64Array.of(x), [])).data[0]!
  for (const x of [-2, -0.3, 0, 1, 2.5]) {
    const [e, s, c] = [Math.exp(2 * x), Math.sin(x), Math.cos(x)]
    expect(apart(at(grad(f), x), e * (2 * s + c))).toBeLessThan(1e-14)
    expect(apart(at(grad(grad(f)), x), e * (3 * s + 4 * c))).toBeLessThan(1e-14)
    expect(apart(at(grad(grad(grad(f))), x), e * (2 * s + 11 * c))).toBeLessThan(1e-14)
  }
})

test('of a quadratic form ½xᵀAx the product is (A + Aᵀ)v/2, for each of a batch of tangents', () => {
  const a = ops.constant([
    [2, 1],
    [3, -4],
  ])
  const f = (x: tf.Tensor) => ops.mul(0.5, ops.sum(ops.mul(x, ops.matVec(a, x))))
  const products = batch((v: tf.Tensor) => hessianVectorProduct(f)([ops.constant([7, 8])], [v])[0])
  const rows = compile(products)(ops.constant([[1, 0], [0, 1], [1, 2]])) // prettier-ignore
  expect(rows.arraySync()).toEqual([[2, 2], [2, -4], [6, -6]]) // prettier-ignore
})

test('without compile the second derivative of x·exp(x) is (2 + x)·exp(x), by operations of TensorFlow.js as well', () => {
  const before = tf.memory().numTensors
  const second = tf.tidy(() => {
    const f = (x: tf.Tensor) => tf.mul(x, tf.exp(x))
    const [product] = hessianVectorProduct(f)([tf.scalar(1)], [tf.scalar(1)])
    return product.dataSync()[0]!
  })
  expect(apart(second, 3 * Math.E)).toBeLessThan(1e-6)
  expect(tf.memory().numTensors).toBe(before)
})

test('within TensorFlow.js’s own gradient the third derivative of x⁴ is 24x', () => {
  const third = tf.tidy(() => {
    const second = (x: tf.Tensor) =>
      hessianVectorProduct((y: tf.Tensor) => ops.pow(y, 4))([x], [tf.scalar(1)])[0]
    return tf.grad(second)(tf.scalar(2)).dataSync()[0]
  })
  expect(third).toBeCloseTo(48, 4)
})

test('what an argument does not matter for has products of 0', () => {
  const f = (x: tf.Tensor, y: tf.Tensor) => ops.add(ops.square(x), y)
  const [x, y] = compile(hessianVectorProduct(f))([tf.scalar(1), tf.scalar(2)], [tf.scalar(3), tf.scalar(4)])
  expect([x.arraySync(), y.arraySync()]).toEqual([6, 0])
})

test('tangents that are not of the shapes of the arguments, and functions that return no scalar, are refused', () => {
  const product = hessianVectorProduct((x: tf.Tensor) => ops.sum(x))
  const x = tf.tensor1d([1, 2])
  expect(() => product([x], [tf.scalar(1)])).toThrow(
    'hessianVectorProduct: tangent 0 must have the shape of its argument, [2], got []',
  )
  expect(() => product([x], [] as unknown as [tf.Tensor])).toThrow(ShapeError)
  expect(() => hessianVectorProduct((y: tf.Tensor) => ops.exp(y))([x], [x])).toThrow(
    'the function must return a scalar, got shape [2]',
  )
})
