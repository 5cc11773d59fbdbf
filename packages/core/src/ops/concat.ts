import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Kernel } from './kernel.ts'
import { expandDims } from './shapes.ts'
import { slice } from './slice.ts'

const concatKernel: Kernel = {
  tfjs: ['Concat', '*'],
  gradient: (index, dy, inputs, attributes) => {
    const axis = attributes['axis'] as number
    const start = inputs.slice(0, index).reduce((sum, { shape }) => sum + shape[axis]!, 0)
    const begin = dy.shape.map((_, i) => (i === axis ? start : 0))
    return slice(dy, begin, inputs[index]!.shape)
  },
}

/** Tensors joined along an axis that they have; counted from the end if negative. */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  const at = axis < 0 ? axis + tensors[0]!.rank : axis
  return runKernel('variate.concat', concatKernel, tensors, { axis: at })
}

/** Tensors of equal shape joined along a new axis; counted from the end of the result if negative. */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  return concat(
    tensors.map((x) => expandDims(x, axis)),
    axis,
  )
}
