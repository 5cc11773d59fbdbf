import { tidy } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import type { Bound } from './bind.ts'
import { logProbs } from './logProbs.ts'
import type { OneElement } from './scope.ts'

/**
 * Evaluates operation by operation, each of which checks what it is given; only errors matter.
 *
 * @param only a site that is evaluated for one element, of which distributions check their parameters.
 */
export function eagerly({ program, sizes, values, present }: Bound, only?: OneElement): void {
  tidy(() => {
    const tensors = (arrays: object): never =>
      Object.fromEntries(
        Object.entries(arrays).map(([name, x]) => [name, x instanceof NdArray ? constant(x, dtypeOf(x)) : x]),
      ) as never
    logProbs(program, sizes, tensors(values), tensors(present), { only })
  })
}

function dtypeOf({ data }: NdArray): 'int32' | 'float32' {
  return data instanceof Int32Array ? 'int32' : 'float32'
}
