import type { Tensor } from '@tensorflow/tfjs-core'
import { newValues, runKernel, type Kernel } from './kernel.ts'
import { transpose } from './shapes.ts'
import { checkTensors } from './real.ts'

export interface CumsumOptions {
  /** Whether element i is left out of its own sum. */
  readonly exclusive?: boolean
  /** Whether the sums run from the end. */
  readonly reverse?: boolean
}

const kernel: Kernel = {
  // Added up in float64 on every backend, which matters for many small terms.
  compute: ([x], { exclusive, reverse }) => {
    const { data, shape } = x!
    const out = newValues(shape, x!.dtype === 'int32' ? 'int32' : 'float32')
    const width = shape.at(-1)!
    for (let start = 0; start < data.length; start += width) {
      let total = 0
      for (let i = 0; i < width; i++) {
        const at = start + (reverse ? width - 1 - i : i)
        const before = total
        total += data[at]!
        out.data[at] = exclusive ? before : total
      }
    }
    return out
  },
  gradient: (_, dy, __, { exclusive, reverse }) =>
    cumsum(dy, -1, { exclusive: exclusive as boolean, reverse: !(reverse as boolean) }),
}

/** Sums along `axis` up to each element; counted from the end if negative. */
export function cumsum(x: Tensor, axis = -1, options: CumsumOptions = {}): Tensor {
  checkTensors('cumsum', x)
  const { exclusive = false, reverse = false } = options
  const at = axis < 0 ? axis + x.rank : axis
  if (at !== x.rank - 1) {
    const order = x.shape.map((_, i) => (i === at ? x.rank - 1 : i === x.rank - 1 ? at : i))
    return transpose(cumsum(transpose(x, order), -1, options), order)
  }
  return runKernel('variate.cumsum', kernel, [x], { axis: at, exclusive, reverse })
}
