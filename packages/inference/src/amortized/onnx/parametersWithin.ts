import type { Tensor } from '@tensorflow/tfjs-core'
import { sizeOf } from '@variate/core/internal'
import { broadcastTo, constant } from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import type { SiteTensors } from '@variate/families'

/** Parameters that are one for each number of an element, or for each element. */
export function parametersWithin({ parameters }: Distribution, event: readonly number[]): SiteTensors {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, own]) => {
      const x = constant(own as Tensor)
      return sizeOf(x.shape) === 1 || String(x.shape) === String(event)
        ? [[name, broadcastTo(x, event)]]
        : [[name, x]]
    }),
  )
}
