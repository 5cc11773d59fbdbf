import type { Tensor } from '@tensorflow/tfjs-core'
import {
  broadcastTo,
  cast,
  concat,
  constant,
  fill,
  gather,
  matMul,
  pad,
  reshape,
  slice,
  stack,
  transpose,
} from '@variate/core/ops'
import type { TensorType } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'

type Axes = readonly number[]

/** Every `stride`-th slice along an axis is the first of each row, when the axis is cut into rows of that length. */
function strided(x: Tensor, begin: Axes, end: Axes, strides: Axes): Tensor {
  return begin.reduce((rest: Tensor, start, axis) => {
    const stride = strides[axis]!
    const count = Math.max(0, Math.ceil((end[axis]! - start) / stride))
    const indices = Int32Array.from({ length: count }, (_, i) => start + i * stride)
    return gather(rest, constant({ shape: [count], data: indices } as never, 'int32'), axis)
  }, x)
}

/** Kernels that move elements. */
export const STRUCTURE: Readonly<Record<string, Told>> = {
  BatchMatMul: ({ a, b }, attributes) => matMul(a!, b!, attributes),
  BroadcastTo: ({ x }, { shape }) => broadcastTo(x!, shape as Axes),
  Cast: ({ x }, { dtype }) => cast(x!, dtype as TensorType),
  Concat: (inputs, { axis }) => concat(Object.values(inputs), axis as number),
  ExpandDims: ({ input }, { dim }) => {
    const at = (dim as number) < 0 ? (dim as number) + input!.rank + 1 : (dim as number)
    return reshape(input!, input!.shape.toSpliced(at, 0, 1))
  },
  Fill: (_, { shape, value, dtype }) =>
    fill(shape as Axes, value as number, (dtype ?? 'float32') as TensorType),
  GatherV2: ({ x, indices }, { axis }) => gather(x!, indices!, axis as number),
  Identity: ({ x }, _, trace) => trace.tensorOf(trace.nodeOf(x!)),
  OnesLike: ({ x }) => fill(x!.shape, 1, x!.dtype as TensorType),
  Pack: (inputs, { axis }) => stack(Object.values(inputs), axis as number),
  PadV2: ({ x }, { paddings, constantValue }) => pad(x!, paddings as Axes[], constantValue as number),
  Range: (_, { start, stop, step, dtype }) => {
    const count = Math.max(0, Math.ceil(((stop as number) - (start as number)) / (step as number)))
    const data = Float64Array.from({ length: count }, (__, i) => (start as number) + i * (step as number))
    return constant({ shape: [count], data } as never, dtype as TensorType)
  },
  Reshape: ({ x }, { shape }) => reshape(x!, shape as Axes),
  Reverse: ({ x }, { dims }) => {
    const axes = [(dims ?? x!.shape.map((_, axis) => axis)) as number | number[]]
      .flat()
      .map((axis) => (axis < 0 ? axis + x!.rank : axis))
    return axes.reduce((rest: Tensor, axis) => {
      const length = rest.shape[axis]!
      const data = Int32Array.from({ length }, (_, i) => length - 1 - i)
      return gather(rest, constant({ shape: [length], data } as never, 'int32'), axis)
    }, x!)
  },
  Slice: ({ x }, { begin, size }) =>
    slice(
      x!,
      begin as Axes,
      (size as Axes).map((length, axis) => (length < 0 ? x!.shape[axis]! - (begin as Axes)[axis]! : length)),
    ),
  SplitV: ({ x }, { numOrSizeSplits, axis }) => {
    const at = (axis as number) < 0 ? (axis as number) + x!.rank : (axis as number)
    const sizes = Array.isArray(numOrSizeSplits)
      ? (numOrSizeSplits as number[])
      : Array<number>(numOrSizeSplits as number).fill(x!.shape[at]! / (numOrSizeSplits as number))
    let start = 0
    return sizes.map((size) => {
      const begin = x!.shape.map((_, i) => (i === at ? start : 0))
      start += size
      return slice(x!, begin, x!.shape.with(at, size))
    })
  },
  StridedSlice: ({ x }, { begin, end, strides }) => strided(x!, begin as Axes, end as Axes, strides as Axes),
  Tile: ({ x }, { reps }) =>
    (reps as Axes).reduce(
      (rest: Tensor, count, axis) => (count === 1 ? rest : concat(Array<Tensor>(count).fill(rest), axis)),
      x!,
    ),
  Transpose: ({ x }, { perm }) => transpose(x!, perm as Axes),
  Unpack: ({ value }, { axis }) => {
    const at = (axis as number) < 0 ? (axis as number) + value!.rank : (axis as number)
    return Array.from({ length: value!.shape[at]! }, (_, i) =>
      reshape(
        slice(
          value!,
          value!.shape.map((__, j) => (j === at ? i : 0)),
          value!.shape.with(at, 1),
        ),
        value!.shape.toSpliced(at, 1),
      ),
    )
  },
  ZerosLike: ({ x }) => fill(x!.shape, 0, x!.dtype as TensorType),
}
