import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { add, isNaN, mul, stopGradient, where } from '@variate/core/ops'
import type { AnyDistribution } from './distribution.ts'

type Method = 'logProb' | 'sample' | 'cdf' | 'icdf' | 'mean' | 'variance' | 'entropy' | 'enumerateSupport'

/** The same method with what it returns changed; absent where it was absent. */
export function changed(
  d: AnyDistribution,
  names: readonly Method[],
  change: (x: Tensor) => Tensor,
): Partial<AnyDistribution> {
  const entries = names.flatMap((name) => {
    const method = d[name] as ((...args: unknown[]) => Tensor) | undefined
    return method ? [[name, (...args: unknown[]) => tf.tidy(() => change(method(...args)))] as const] : []
  })
  return Object.fromEntries(entries)
}

/** The values as they are, the derivatives `factor` times as large. */
export function scaledGradient(x: Tensor, factor: number): Tensor {
  return where(
    isNaN(x),
    x,
    add(mul(x, factor), mul(stopGradient(tf.clipByValue(x, -3e38, 3e38)), 1 - factor)),
  ) as Tensor
}

/** Rows of the first axis by a rule; a single draw has no others. */
export function rows(x: Tensor, from: (i: number) => number): Tensor {
  if (x.rank === 0) return x
  return tf.gather(
    x,
    Array.from({ length: x.shape[0]! }, (_, i) => from(i)),
  )
}

/** The first element of the batch in place of all. */
export function firstOfBatch({ batchShape, eventShape }: AnyDistribution, x: Tensor): Tensor {
  if (batchShape.length !== 1) return x
  const axis = x.rank - 1 - eventShape.length
  return tf.gather(
    x,
    Array.from({ length: x.shape[axis]! }, () => 0),
    axis,
  )
}
