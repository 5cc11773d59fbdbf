import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorType } from '@variate/core/ops'
import { trace, type InputSpec } from '../trace/trace.ts'
import { specOf, toTensor } from './arrays.ts'
import { takeApart, type Given, type Structure } from './structure.ts'

/** The shape and the type of what a function returns a tensor for. */
export interface TensorSpec {
  readonly shape: readonly number[]
  readonly dtype: TensorType
}

/** A result with a `TensorSpec` for each tensor. */
export type Specs<T> = T extends Tensor
  ? TensorSpec
  : T extends object
    ? { readonly [Name in keyof T]: Specs<T[Name]> }
    : T

/**
 * A function that tells the shapes and types of what `f` would return, without computing any of it: `f` is traced.
 *
 * @param f of tensors, or records and tuples of them, and static values.
 * @throws at a call what `f` throws, such as a ShapeError, and UnsupportedError for what cannot be traced.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { evalShape } from '@variate/compile'
 * import { matVec } from '@variate/core/ops'
 * import { ndarray } from '@variate/core'
 *
 * const shapes = evalShape(matVec)
 * shapes(ndarray(new Float32Array(6), [2, 3]), new Float32Array(3)).shape // => [2]
 * shapes(ndarray(new Float32Array(6), [2, 3]), new Float32Array(2)) // => throws 'do not match'
 * ```
 */
export function evalShape<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
): (...args: { [Index in keyof Args]: Given<Args[Index]> }) => Specs<Result> {
  return (...args) => {
    const given = takeApart(args, 'an argument', 'evalShape')
    let result: Structure | undefined
    const traced = trace(given.leaves.map(specOf), (tensors) => {
      result = takeApart(f(...(given.rebuild(tensors) as Args)), 'the result', 'evalShape')
      return result.leaves.map(toTensor)
    })
    const specs = traced.outputs.map(({ shape, dtype }): InputSpec => ({ shape, dtype }))
    return result!.rebuild(specs) as Specs<Result>
  }
}
