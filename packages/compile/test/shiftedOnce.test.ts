import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { logSoftmax, logSumExp, max, mul, sub, sum } from '@variate/core/ops'
import { compile, grad, valueAndGrad } from '../src/index.ts'
import { numbers } from './routines/numbers.ts'

const COLUMNS = 9
const ENDS = [
  [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
  [Infinity, 1, -Infinity, 0, 2, 3, 4, 5, 6],
  [NaN, 1, -Infinity, 0, 2, Infinity, 4, 5, 6],
  [-Infinity, 1, -Infinity, 0, 2, 3, 1e30, 5, 6],
]
const x = ndarray(Float64Array.from([...ENDS.flat(), ...numbers(40 * COLUMNS, 1)]), [44, COLUMNS])
const weights = ndarray(numbers(44 * COLUMNS, 2), [44, COLUMNS])

/** What a program gives with all passes and without those that make operations simpler, and how many sums it takes. */
function both(f: (x: tf.Tensor, w: tf.Tensor) => readonly tf.Tensor[]) {
  return [{}, { algebra: false, commonSubexpressions: false }].map((passes) => {
    const program = compile(f, { precision: 'float64', passes })
    const data = program(x, weights).map((result) => Array.from(result.data))
    const { pieces } = program.explain()
    const sums = pieces.filter((piece) => piece.kind === 'routine' && piece.operation === 'logSumExp')
    return { data, sums: sums.length }
  }) as [{ data: number[][]; sums: number }, { data: number[][]; sums: number }]
}

const loss = (w: tf.Tensor) => (y: tf.Tensor) => sum(mul(w, logSoftmax(y)), 1)

test('the gradient of log softmax takes its numbers, and no sum of exponentials again', () => {
  const [all, none] = both((y, w) => {
    const { value, grads } = valueAndGrad((z: tf.Tensor) => sum(loss(w)(z)))(y)
    return [value, ...grads]
  })
  expect(all.data).toEqual(none.data)
  expect(all.sums).toBe(1)
  expect(none.sums).toBeGreaterThan(1)
})

test('gradients of gradients are the same', () => {
  const [all, none] = both((y, w) => [
    grad((z: tf.Tensor) => sum(mul(w, grad((v: tf.Tensor) => sum(loss(w)(v)))(z))))(y),
  ])
  const far = all.data[0]!.map((got, i) => {
    const wanted = none.data[0]![i]!
    return Object.is(got, wanted) ? 0 : Math.abs(got - wanted)
  })
  expect(Math.max(...far)).toBeLessThan(1e-14)
})

test('what is less its largest with a gradient through that is left as it is', () => {
  const shifted = (y: tf.Tensor): tf.Tensor => sub(y, max(y, 1, true))
  const [all, none] = both((y) => [logSumExp(shifted(shifted(y)), 1)])
  expect(all).toEqual(none)
})
