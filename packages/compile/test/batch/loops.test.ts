import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key } from '@variate/core'
import { add, drawNormal, mul, sum, tanh } from '@variate/core/ops'
import { batch, compile, grad, loop, valueAndGrad } from '../../src/index.ts'
import { difference, looped, type Op } from './looped.ts'

/** A recurrence with a captured parameter, rows, and what is collected of every second step. */
const recurrence: Op = (a, x, s) => {
  const { state, outputs } = loop(
    (now: tf.Tensor, { each, index }) => {
      const next = tanh(add(add(mul(a!, now), each), mul(0.1, tf.cast(index, 'float32')))) as tf.Tensor
      return { state: next, outputs: mul(next, now) as tf.Tensor }
    },
    { state: s!, count: 5, each: x!, collect: { every: 2 } },
  )
  return add(sum(state), sum(outputs)) as tf.Tensor
}
const parts: Op = (a, x, s) =>
  loop((now: tf.Tensor, { each }) => ({ state: add(mul(a!, now), each) as tf.Tensor, outputs: now }), {
    state: s!,
    count: 4,
    each: x!,
    collect: { every: 1 },
  }).outputs as tf.Tensor

const numbers = (shape: number[], seed: number) =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(seed + 3 * i)),
    shape,
  )
const WAYS = [
  [0, 0, 0],
  [0, null, null],
  [null, 0, null],
  [null, null, 0],
  [0, 1, null],
] as const

test.each([...WAYS])('a loop is gone for all elements together, mapped along %o, %o, %o', (...axes) => {
  const size = 3
  const [a, x, s] = [[2], [5, 2], [2]].map((shape, i) => {
    const axis = axes[i]!
    return numbers(axis === null ? shape : shape.toSpliced(axis, 0, size), i)
  }) as [tf.Tensor, tf.Tensor, tf.Tensor]
  for (const f of [recurrence, parts, grad(recurrence as never) as unknown as Op]) {
    const wanted = compile(looped(f, axes, size), { engine: 'eager' })(a, x, s)
    const all = batch(f, { axes: [...axes] as never, size })
    const found = { eager: compile(all, { engine: 'eager' })(a, x, s), wasm: compile(all)(a, x, s) }
    for (const got of Object.values(found)) expect(difference(got, wanted)).toBeUndefined()
    tf.dispose([wanted, ...Object.values(found)])
  }
  tf.dispose([a, x, s])
})

test('outside of a trace its steps are computed one by one', () => {
  const [a, x, s] = [numbers([3, 2], 1), numbers([5, 2], 2), numbers([2], 3)]
  const wanted = compile(looped(recurrence, [0, null, null], 3))(a, x, s)
  const got = batch(recurrence, { axes: [0, null, null] as never })(a, x, s)
  expect(difference(got, wanted)).toBeUndefined()
  const none = batch((b: tf.Tensor) => loop((n: tf.Tensor) => n, { state: b, count: 0 }).state as tf.Tensor)(
    a,
  )
  expect(difference(none, a)).toBeUndefined()
  tf.dispose([a, x, s, wanted, got, none])
})

test('the gradient of a batch of loops is that of a loop of elements', () => {
  const [a, x, s] = [numbers([3, 2], 1), numbers([5, 2], 2), numbers([2], 3)]
  const total = (f: Op) => (b: tf.Tensor) => sum(f(b, x, s)) as tf.Tensor
  const wanted = compile(valueAndGrad(total(looped(recurrence, [0, null, null], 3))), {
    precision: 'float64',
  })(a)
  const got = compile(valueAndGrad(total(batch(recurrence, { axes: [0, null, null] as never }) as Op)), {
    precision: 'float64',
  })(a)
  got.grads[0].data.forEach((g, i) => expect(g).toBeCloseTo(wanted.grads[0].data[i]!, 12))
  tf.dispose([a, x, s])
})

test('draws in the steps differ between elements and steps', () => {
  const walk = (x: tf.Tensor) =>
    loop((s: tf.Tensor, step) => ({ state: s, outputs: add(s, drawNormal(step.key, [])) as tf.Tensor }), {
      state: x,
      count: 4,
      random: key(3),
      collect: { every: 1 },
    }).outputs as tf.Tensor
  const zeros = tf.zeros([5])
  const draws = compile(batch(walk))(zeros)
  expect(draws.shape).toEqual([5, 4])
  expect(new Set(draws.dataSync()).size).toBe(20)
  tf.dispose([zeros, draws])
})
