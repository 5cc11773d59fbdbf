import { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'

export const HALF_LOG_TWO_PI = 0.9189385332046727

/** The numbers of a result of either precision. */
export function dataOf(x: Tensor | NdArray): number[] {
  return [...(x instanceof Tensor ? x.dataSync() : x.data)]
}

/** Lets go of results, of which those in float32 are tensors. */
export function drop(results: object): void {
  // `dispose` would look for tensors among the numbers of arrays as well, one by one.
  if (results instanceof NdArray) return
  if (results instanceof Tensor) results.dispose()
  else for (const item of Object.values(results) as object[]) drop(item)
}
