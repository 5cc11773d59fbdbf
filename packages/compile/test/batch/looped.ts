import type * as tf from '@tensorflow/tfjs-core'
import { reshape, slice, stack } from '@variate/core/ops'

export type Op = (...xs: tf.Tensor[]) => tf.Tensor

/** What `batch` says it is: `f` of one element after the other, stacked. */
export function looped(f: Op, axes: readonly (number | null)[], size: number): Op {
  return (...xs) => {
    return stack(Array.from({ length: size }, (_, i) => f(...xs.map((x, at) => element(x, axes[at]!, i)))))
  }
}

function element(x: tf.Tensor, axis: number | null, i: number): tf.Tensor {
  if (axis === null) return x
  const begin = x.shape.map((_, at) => (at === axis ? i : 0))
  return reshape(slice(x, begin, x.shape.with(axis, 1)), x.shape.toSpliced(axis, 1))
}

/** Where two tensors differ in type, shape, or a number by more than `tolerance`, or that of the larger; undefined if nowhere. */
export function difference(got: tf.Tensor, wanted: tf.Tensor, tolerance = 2e-6): string | undefined {
  const [told, truth] = [got, wanted].map(({ dtype, shape }) => `${dtype} [${shape}]`)
  if (told !== truth) return `${told} for ${truth}`
  const [numbers, truths] = [got.dataSync(), wanted.dataSync()]
  if (numbers.length !== truths.length) return `${numbers.length} numbers for ${truths.length}`
  const far = Array.from(truths).findIndex((y, i) => !isNear(numbers[i]!, y, tolerance))
  return far < 0 ? undefined : `${numbers[far]} for ${truths[far]} at ${far}`
}

function isNear(got: number, truth: number, tolerance: number): boolean {
  return Object.is(got, truth) || Math.abs(got - truth) <= tolerance * Math.max(1, Math.abs(truth))
}

/** All ways to choose one of `choices` for each of `count`. */
export function waysOf<Choice>(choices: readonly Choice[], count: number): Choice[][] {
  if (count === 0) return [[]]
  return waysOf(choices, count - 1).flatMap((way) => choices.map((choice) => [...way, choice]))
}
