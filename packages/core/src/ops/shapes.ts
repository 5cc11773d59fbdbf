import type { Tensor } from '@tensorflow/tfjs-core'
import { sameShape } from './broadcast.ts'
import { runKernel, type Kernel } from './kernel.ts'
import { pad } from './pad.ts'
import { sumTo } from './sumTo.ts'

const reshapeKernel: Kernel = {
  tfjs: { kernel: 'Reshape', run: (run, [x], { shape }) => run('Reshape', { x: x! }, { shape }) },
  gradient: (_, dy, [x]) => reshape(dy, x!.shape),
}

/** The same elements, row-major, in another shape. One length may be −1: what the others leave. */
export function reshape(x: Tensor, shape: readonly number[]): Tensor {
  return runKernel('variate.reshape', reshapeKernel, [x], { shape: [...shape] })
}

/** An axis of length 1 put in at `axis`; counted from the end if negative. */
export function expandDims(x: Tensor, axis: number): Tensor {
  return reshape(x, x.shape.toSpliced(axis < 0 ? axis + x.rank + 1 : axis, 0, 1))
}

const transposeKernel: Kernel = {
  tfjs: { kernel: 'Transpose', run: (run, [x], { perm }) => run('Transpose', { x: x! }, { perm }) },
  gradient: (_, dy, __, { perm }) => {
    const inverse: number[] = []
    for (const [to, from] of (perm as readonly number[]).entries()) inverse[from] = to
    return transpose(dy, inverse)
  },
}

/** The axes in another order; the last two exchanged if none is given. */
export function transpose(x: Tensor, order?: readonly number[]): Tensor {
  const axes = Array.from(x.shape, (_, axis) => axis)
  const perm = order ?? [...axes.slice(0, -2), x.rank - 1, x.rank - 2]
  return runKernel('variate.transpose', transposeKernel, [x], { perm: [...perm] })
}

const broadcastKernel: Kernel = {
  tfjs: {
    kernel: 'Tile',
    run: (run, [x], attributes) => {
      const shape = attributes['shape'] as readonly number[]
      const lead = shape.length - x!.shape.length
      const padded = [...Array.from({ length: lead }, () => 1), ...x!.shape]
      const raised = run('Reshape', { x: x! }, { shape: padded })
      const reps = shape.map((length, axis) => (padded[axis] === length ? 1 : length))
      const out = run('Tile', { x: raised }, { reps })
      run.dispose(raised)
      return out
    },
  },
  gradient: (_, dy, [x]) => sumTo(dy, x!.shape),
}

/** `x` repeated along axes of length 1, and new leading axes, to a shape that it broadcasts to. */
export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  return sameShape(x.shape, shape)
    ? x
    : runKernel('variate.broadcastTo', broadcastKernel, [x], { shape: [...shape] })
}

const concatKernel: Kernel = {
  tfjs: { kernel: 'Concat', run: (run, inputs, { axis }) => run('Concat', inputs, { axis }) },
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

const sliceKernel: Kernel = {
  tfjs: { kernel: 'Slice', run: (run, [x], { begin, size }) => run('Slice', { x: x! }, { begin, size }) },
  gradient: (_, dy, [x], attributes) => {
    const begin = attributes['begin'] as readonly number[]
    return pad(
      dy,
      x!.shape.map((length, axis) => [begin[axis]!, length - begin[axis]! - dy.shape[axis]!]),
    )
  },
}

/** The block of `size` that starts at `begin`, one number for each axis. */
export function slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  return runKernel('variate.slice', sliceKernel, [x], { begin: [...begin], size: [...size] })
}
