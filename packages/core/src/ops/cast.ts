import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Kernel, type TensorType } from './kernel.ts'

const castKernel: Kernel = {
  tfjs: ['Cast'],
  gradient: (_, dy) => dy,
}

/** The elements in another type: to int32 they are cut to whole numbers, to bool 0 is false. */
export function cast(x: Tensor, dtype: TensorType): Tensor {
  return x.dtype === dtype ? x : runKernel('variate.cast', castKernel, [x], { dtype })
}
