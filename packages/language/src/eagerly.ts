import { tidy } from '@tensorflow/tfjs-core'
import { key, NdArray, VariateError } from '@variate/core'
import { constant, keyTensor } from '@variate/core/ops'
import type { Bound } from './bind.ts'
import { draws } from './draws.ts'
import { logProbs } from './logProbs.ts'
import type { OneElement } from './scope.ts'

/**
 * Evaluates operation by operation, each of which checks what it is given; only errors matter.
 *
 * @param only a site that is evaluated for one element, of which distributions check their parameters.
 */
export function eagerly({ program, sizes, values, present }: Bound, only?: OneElement): void {
  tidy(() => {
    logProbs(program, sizes, tensors(values), tensors(present), { only })
  })
}

/** The same where not all sites have values: the others are drawn. */
function eagerlyDrawn({ program, sizes, values, present }: Bound): void {
  tidy(() => {
    const given = tensors(values)
    const drawn = draws(program, sizes, keyTensor(key(0)), given)
    logProbs(program, sizes, { ...(given as object), ...drawn }, tensors(present))
  })
}

/** Arrays as tensors, those of networks as well, which are in records and lists. */
function tensors(arrays: object): never {
  return Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name, tensorsOf(x)])) as never
}

function tensorsOf(x: unknown): unknown {
  if (x instanceof NdArray) return constant(x, dtypeOf(x))
  if (Array.isArray(x)) return x.map(tensorsOf)
  return typeof x === 'object' && x !== null ? tensors(x) : x
}

/** Runs compiled code with what is given: an error in it is told with the site that it belongs to. */
export function locatedIn<Result>(bound: Bound, run: () => Result): Result {
  try {
    return run()
  } catch (error) {
    if (error instanceof VariateError && !error.message.includes('site "')) eagerlyDrawn(bound)
    throw error
  }
}

function dtypeOf({ data }: NdArray): 'int32' | 'float32' {
  return data instanceof Int32Array ? 'int32' : 'float32'
}
