import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Kernel } from './kernel.ts'
import { checkTensors } from './real.ts'

const reshapeKernel: Kernel = {
  tfjs: ['Reshape'],
  gradient: (_, dy, [x]) => reshape(dy, x!.shape),
}

/** The same elements, row-major, in another shape. One length may be −1: what the others leave. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  return runKernel('variate.reshape', reshapeKernel, [x], { shape: [...shape] })
}

/** An axis of length 1 put in at `axis`; counted from the end if negative. */
export function expandDims(x: Tensor, axis: number): Tensor {
  checkTensors('expandDims', x)
  return reshape(x, x.shape.toSpliced(axis < 0 ? axis + x.rank + 1 : axis, 0, 1))
}

const transposeKernel: Kernel = {
  tfjs: ['Transpose'],
  gradient: (_, dy, __, { perm }) => {
    const inverse: number[] = []
    for (const [to, from] of (perm as readonly number[]).entries()) inverse[from] = to
    return transpose(dy, inverse)
  },
}

/** The axes in another order; the last two exchanged if none is given. */
export function transpose(x: Tensor, order?: readonly number[]): Tensor {
  checkTensors('transpose', x)
  const axes = Array.from(x.shape, (_, axis) => axis)
  const perm = order ?? [...axes.slice(0, -2), x.rank - 1, x.rank - 2]
  return runKernel('variate.transpose', transposeKernel, [x], { perm: [...perm] })
}
