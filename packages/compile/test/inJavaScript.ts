import type { Tensor } from '@tensorflow/tfjs-core'
import { newValues, runKernel, type Kernel } from '@variate/core/internal'

// Operations that there are no instructions for, so that JavaScript is called: of a whole tensor, by a name of those that
// give what they are told to, and of each element.

/** A kernel of one tensor that makes `f` of each of its elements. */
function kernelOf(f: (x: number) => number): Kernel {
  return {
    compute: ([x]) => {
      const out = newValues(x!.shape, 'float32')
      out.data.set(Array.from(x!.data, f))
      return out
    },
    gradient: (_, dy) => dy,
  }
}

const whole = kernelOf((x) => 2 * x)
const elementwise: Kernel = {
  ...kernelOf((x) => x / 2),
  elementwise: { f: (x) => x! / 2, typeOf: () => 'float32' },
}

export function doubled(x: Tensor): Tensor {
  return runKernel('variate.drawDoubled', whole, [x], { shape: x.shape, dtype: 'float32' })
}

export function halved(x: Tensor): Tensor {
  return runKernel('variate.halved', elementwise, [x], { constants: [null] })
}
