import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Argument, Given, Nested } from './distribution.ts'
import { numbersOf, shapeOf } from './oracle/nested.ts'
import type { Case } from './oracle/parseOracle.ts'

/** The numbers of a tensor that `f` makes; what it leaves behind is disposed. */
export function read(f: () => Tensor): number[] {
  return tf.tidy(() => Array.from(f().dataSync()))
}

/** The same numbers as a float32 tensor. */
export function tensorOf(nested: Nested): Tensor {
  return tf.tensor(numbersOf(nested), [...shapeOf(nested)], 'float32')
}

/** The same numbers `count` times along a new first axis. */
export function repeated(nested: Nested, count: number): Tensor {
  return tf.tensor(
    Array.from({ length: count }, () => numbersOf(nested)).flat(),
    [count, ...shapeOf(nested)],
    'float32',
  )
}

/** The arguments of a case with other numbers in some of its leaves. */
export function withLeaves(
  { args, leaves }: Case,
  replacements: readonly (Given | undefined)[],
): readonly Argument<Given>[] {
  const out: Argument<Given>[] = args.map((argument) => argument)
  leaves.forEach(({ argument, alternative }, i) => {
    const replacement = replacements[i]
    if (replacement === undefined) return
    out[argument] =
      alternative === undefined
        ? replacement
        : ({ ...(out[argument] as object), [alternative]: replacement } as Argument<Given>)
  })
  return out
}

/**
 * The gradients of the sum of what `f` makes, zeros in what it does not depend on: tfjs throws where nothing depends
 * on anything.
 */
export function gradients(f: (...xs: Tensor[]) => Tensor, xs: readonly Tensor[]): Tensor[] {
  const { grads } = tf.engine().gradients(() => f(...xs), [...xs], undefined, true)
  return xs.map((x, i) => grads[i] ?? tf.zeros(x.shape))
}

/** A value as failures show it. */
export function show(nested: Nested): string {
  return JSON.stringify(nested, (_, x: unknown) =>
    typeof x === 'number' && !Number.isFinite(x) ? String(x) : x,
  )
}
