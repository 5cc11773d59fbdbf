import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastShapes, offsetsIn } from './broadcast.ts'
import { fill } from './constant.ts'
import { newValues, runKernel, type Kernel } from './kernel.ts'

const kernel: Kernel = {
  compute: ([x, values]) => {
    const batch = x!.shape.slice(0, -1)
    const width = x!.shape.at(-1)!
    const found = newValues(broadcastShapes([batch, values!.shape], 'searchSorted'), 'float32')
    const rows = offsetsIn(batch, found.shape, found.data.length)
    const at = offsetsIn(values!.shape, found.shape, found.data.length)
    for (let i = 0; i < rows.length; i++) {
      const value = values!.data[at[i]!]!
      const start = rows[i]! * width
      let low = 0
      let high = width
      while (low < high) {
        const middle = (low + high) >>> 1
        if (x!.data[start + middle]! < value) low = middle + 1
        else high = middle
      }
      found.data[i] = Number.isNaN(value) ? NaN : low
    }
    return found
  },
  gradient: (index, _, inputs) => fill(inputs[index]!.shape, 0),
}

/**
 * How many elements of the last axis are below each value, where they ascend: the place of the first that is not, by
 * halving. The other axes of `x`, of shape [..., K], broadcast against those of `values`. Its gradient is 0.
 */
export function searchSorted(x: Tensor, values: Tensor): Tensor {
  return runKernel('variate.searchSorted', kernel, [x, values])
}
