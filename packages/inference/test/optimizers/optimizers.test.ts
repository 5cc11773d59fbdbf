import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile, loop, valueAndGrad } from '@variate/compile'
import { ndarray } from '@variate/core'
import { add, constant, div, mul, square, sub, sum } from '@variate/core/ops'
import { adam, applyUpdates, lbfgs, sgd, type Optimizer, type TensorTree } from '@variate/inference'

interface Params {
  readonly [name: string]: tf.Tensor | readonly tf.Tensor[]
  readonly w: tf.Tensor
  readonly rest: readonly [tf.Tensor]
}

/** Σ cᵢ (xᵢ − i)² / 2 over w [2] and rest[0] [], of curvatures 1, 4 and 0.5. */
const CURVATURES = [1, 4, 0.5]
const loss = (w: tf.Tensor, b: tf.Tensor): tf.Tensor =>
  add(mul(0.5, sum(mul(constant([1, 4]), square(sub(w, constant([0, 1])))))), mul(0.25, square(sub(b, 2))))
const gradientAt = (x: readonly number[]): number[] => x.map((own, i) => CURVATURES[i]! * (own - i))
const START = [5, -3, 0.5]

/** Parameters after so many steps, of the loss times a number: of a compiled float64 loop over nested records and tuples. */
function fitted(optimizer: Optimizer, count: number, unit = 1): readonly number[] {
  const program = compile(
    (w: tf.Tensor, b: tf.Tensor) => {
      const start: Params = { w, rest: [b] }
      const { state } = loop(
        (now: { readonly params: Params; readonly optimizer: never }) => {
          const inUnits = (w: tf.Tensor, b: tf.Tensor): tf.Tensor => mul(unit, loss(w, b))
          const { grads } = valueAndGrad(inUnits)(now.params.w, now.params.rest[0])
          const next = optimizer.update(
            { w: grads[0], rest: [grads[1]] } as Params,
            now.optimizer,
            now.params,
          )
          return { params: applyUpdates(now.params, next.updates), optimizer: next.state as never }
        },
        { state: { params: start, optimizer: optimizer.init(start) as never }, count },
      )
      return (state as unknown as { readonly params: Params }).params
    },
    { precision: 'float64' },
  )
  const { w, rest } = program(
    ndarray(Float64Array.of(5, -3), [2]),
    ndarray(Float64Array.of(0.5), []),
  ) as unknown as {
    w: { data: Float64Array }
    rest: readonly [{ data: Float64Array }]
  }
  return [...w.data, ...rest[0].data]
}

const farthest = (got: readonly number[], expected: readonly number[]): number =>
  Math.max(...expected.map((x, i) => Math.abs(got[i]! - x)))

test('sgd goes down by the rate times the gradient, at rates that may depend on the step', () => {
  let x = START
  for (let t = 0; t < 20; t++) x = x.map((own, i) => own - 0.2 * gradientAt(x)[i]!)
  expect(farthest(fitted(sgd(0.2), 20), x)).toBeLessThan(1e-13)
  x = START
  for (let t = 0; t < 20; t++) x = x.map((own, i) => own - (0.2 / (1 + t)) * gradientAt(x)[i]!)
  expect(
    farthest(
      fitted(
        sgd((step) => div(0.2, add(1, step))),
        20,
      ),
      x,
    ),
  ).toBeLessThan(1e-13)
})

/** Algorithm 1 of Kingma and Ba (2015), line by line. */
function byAlgorithm1(count: number, rate: number, beta1: number, beta2: number, epsilon: number): number[] {
  let x = START
  let m = x.map(() => 0)
  let v = x.map(() => 0)
  for (let t = 1; t <= count; t++) {
    const g = gradientAt(x)
    m = m.map((own, i) => beta1 * own + (1 - beta1) * g[i]!)
    v = v.map((own, i) => beta2 * own + (1 - beta2) * g[i]! ** 2)
    const mHat = m.map((own) => own / (1 - beta1 ** t))
    const vHat = v.map((own) => own / (1 - beta2 ** t))
    x = x.map((own, i) => own - (rate * mHat[i]!) / (Math.sqrt(vHat[i]!) + epsilon))
  }
  return x
}

test.each([
  [1, 0.1, 0.9, 0.999, 1e-8],
  [200, 0.1, 0.9, 0.999, 1e-8],
  [50, 0.05, 0, 0.99, 1e-3],
])('adam is algorithm 1: %i steps of rate %f, betas %f and %f', (count, rate, beta1, beta2, epsilon) => {
  const got = fitted(adam({ rate, beta1, beta2, epsilon }), count)
  expect(farthest(got, byAlgorithm1(count, rate, beta1, beta2, epsilon))).toBeLessThan(1e-10)
})

/** x − H g with H by equation 7.17 from all pairs in memory: products of whole matrices. */
function byMatrices(count: number, memory: number, rate: number): number[] {
  const n = START.length
  const identity = (scale: number) => START.map((_, i) => START.map((__, j) => (i === j ? scale : 0)))
  const product = (a: number[][], b: number[][]) =>
    a.map((row) => b[0]!.map((_, j) => row.reduce((total, x, k) => total + x * b[k]![j]!, 0)))
  const inner = (a: readonly number[], b: readonly number[]) =>
    a.reduce((total, x, i) => total + x * b[i]!, 0)
  let x: readonly number[] = START
  let pairs: { s: number[]; y: number[] }[] = []
  for (let t = 0; t < count; t++) {
    const g = gradientAt(x)
    const last = pairs.at(-1)
    let H = identity(last ? inner(last.s, last.y) / inner(last.y, last.y) : 1 / Math.max(1, Math.hypot(...g)))
    for (const { s, y } of pairs) {
      const rho = 1 / inner(s, y)
      const V = identity(1).map((row, i) => row.map((own, j) => own - rho * y[i]! * s[j]!))
      const transposed = V.map((_, i) => V.map((row) => row[i]!))
      H = product(product(transposed, H), V).map((row, i) => row.map((own, j) => own + rho * s[i]! * s[j]!))
    }
    const next = x.map((own, i) => own - rate * inner(H[i]!, g))
    const after = gradientAt(next)
    pairs = [...pairs, { s: next.map((own, i) => own - x[i]!), y: after.map((own, i) => own - g[i]!) }].slice(
      -memory,
    )
    x = next
  }
  expect(x.length).toBe(n)
  return [...x]
}

test.each([
  [1, 10, 1],
  [4, 10, 1],
  [8, 2, 0.7],
])('lbfgs is equation 7.17: %i steps, memory %i, rate %f', (count, memory, rate) => {
  expect(farthest(fitted(lbfgs({ memory, rate }), count), byMatrices(count, memory, rate))).toBeLessThan(
    1e-10,
  )
})

test('lbfgs comes to the minimum of a quadratic, and stays where the gradient is 0', () => {
  expect(farthest(fitted(lbfgs(), 40), [0, 1, 2])).toBeLessThan(1e-8)
})

test.each([1e6, 1e12, 1e18])('lbfgs takes the same steps of a loss that is %f times as large', (unit) => {
  // The first has length 1 where the gradient is longer, and the others are Newton's as far as is known.
  for (const count of [2, 4, 8])
    expect(farthest(fitted(lbfgs(), count, unit), fitted(lbfgs(), count))).toBeLessThan(1e-7)
})

/** Parameters after so many eager steps. */
function eagerly<State extends TensorTree>(optimizer: Optimizer<State>, count: number): readonly number[] {
  return tf.tidy(() => {
    let params: Params = { w: constant([5, -3]), rest: [constant(0.5)] }
    let state = optimizer.init(params)
    for (let t = 0; t < count; t++) {
      const [w, b] = valueAndGrad(loss)(params.w, params.rest[0]).grads
      const next = optimizer.update<Params>({ w, rest: [b] }, state, params)
      params = applyUpdates(params, next.updates)
      ;({ state } = next)
    }
    return [...params.w.dataSync(), ...params.rest[0].dataSync()]
  })
}

test('run eagerly they do the same in single precision', () => {
  expect(farthest(eagerly(adam({ rate: 0.1 }), 5), byAlgorithm1(5, 0.1, 0.9, 0.999, 1e-8))).toBeLessThan(1e-4)
  expect(farthest(eagerly(lbfgs(), 3), byMatrices(3, 10, 1))).toBeLessThan(1e-4)
})

test('bad input is told of', () => {
  expect(() => sgd(0)).toThrow('sgd: rate must be a number > 0, or a function of the step, got 0')
  expect(() => adam({ beta1: 1 })).toThrow('adam: beta1 must be in [0, 1), got 1')
  expect(() => adam({ epsilon: 0 })).toThrow('adam: epsilon must be > 0, got 0')
  expect(() => lbfgs({ memory: 1.5 })).toThrow('lbfgs: memory must be a whole number ≥ 1, got 1.5')
  tf.tidy(() => {
    const { init, update } = adam()
    const params = { w: constant([1, 2]) }
    expect(() => update({ w: constant(1) }, init(params), params)).toThrow(
      'adam: grads.w: expected a tensor of shape [2], got shape []',
    )
    expect(() => applyUpdates<Readonly<Record<string, tf.Tensor>>>(params, {})).toThrow('"w" is missing')
  })
})
