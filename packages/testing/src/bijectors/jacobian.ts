import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { reshape, slice } from '@variate/core/ops'
import type { Nested } from '../distribution.ts'
import { gradients, tensorOf } from '../evaluate.ts'
import { numbersOf, shapeOf } from '../oracle/nested.ts'

/** Rows by element of f(x), columns by element of x. */
export type Matrix = readonly (readonly number[])[]

/** A step that float32 bears: rounding and higher derivatives change slopes by some 1e-5. */
export const STEP: number = 2 ** -7
/** Steps and their weights: differences of fourth order. */
const STENCIL = [
  [1, 2 / 3],
  [-1, -2 / 3],
  [2, -1 / 12],
  [-2, 1 / 12],
] as const

/** The Jacobian of f at one event by central differences; f maps batches of events. */
export function numericJacobian(f: (x: Tensor) => Tensor, event: Nested): Matrix {
  const numbers = numbersOf(event)
  const moved = numbers.flatMap((_, i) =>
    STENCIL.map(([steps]) => numbers.map((x, j) => (i === j ? x + steps * STEP : x))),
  )
  const images = tf.tidy(() => {
    const y = f(tf.tensor(moved.flat(), [moved.length, ...shapeOf(event)]))
    return Array.from(y.dataSync())
  })
  const size = images.length / moved.length
  return Array.from({ length: size }, (_, k) =>
    numbers.map((__, i) =>
      STENCIL.reduce((sum, [, weight], s) => sum + (weight / STEP) * images[(i * 4 + s) * size + k]!, 0),
    ),
  )
}

/** The Jacobian of f at one event from its gradients. */
export function exactJacobian(f: (x: Tensor) => Tensor, event: Nested): Matrix {
  return tf.tidy(() => {
    const x = tensorOf(event)
    const size = f(x).size
    return Array.from({ length: size }, (_, k) => {
      const [row] = gradients((at) => slice(reshape(f(at!), [size]), [k], [1]), [x])
      return Array.from(row!.dataSync())
    })
  })
}

/** log |det A| by elimination with pivoting. */
export function logAbsDet(matrix: Matrix): number {
  const a = matrix.map((row) => [...row])
  let total = 0
  for (let k = 0; k < a.length; k++) {
    const pivot = a.reduce(
      (best, row, i) => (i > k && Math.abs(row[k]!) > Math.abs(a[best]![k]!) ? i : best),
      k,
    )
    ;[a[k], a[pivot]] = [a[pivot]!, a[k]!]
    total += Math.log(Math.abs(a[k]![k]!))
    for (let i = k + 1; i < a.length; i++) {
      const factor = a[i]![k]! / a[k]![k]!
      for (let j = k; j < a.length; j++) a[i]![j]! -= factor * a[k]![j]!
    }
  }
  return total
}
