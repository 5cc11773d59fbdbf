import { backend_util, slice_util, type Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError } from '@variate/core'
import {
  broadcastTo,
  cast,
  concat,
  constant,
  diag,
  equal,
  expandDims,
  fill,
  gather,
  matMul,
  pad,
  reshape,
  slice,
  stack,
  transpose,
  where,
} from '@variate/core/ops'
import type { TensorType } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { fromStart, gathered, part } from './part.ts'

type Axes = readonly number[]

/** What TensorFlow.js makes of arguments; what it refuses is a ShapeError. */
function parsed<Result>(op: string, x: Tensor, parse: () => Result): Result {
  try {
    return parse()
  } catch (cause) {
    throw new ShapeError(`${op}: of shape [${x.shape}]: ${(cause as Error).message}`, { cause })
  }
}

/** Blocks of an axis, one after the other. */
function blocks(x: Tensor, axis: number, sizes: Axes): readonly Tensor[] {
  let start = 0
  return sizes.map((size) => part(x, axis, (start += size) - size, size))
}

const stridedSlice: Told = ({ x }, attributes) => {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
    attributes as Record<'begin' | 'end' | 'strides', number[]> &
      Record<'beginMask' | 'endMask' | 'ellipsisMask' | 'newAxisMask' | 'shrinkAxisMask', number>
  const info = parsed('stridedSlice', x!, () =>
    slice_util.sliceInfo(
      x!.shape,
      begin,
      end,
      strides,
      beginMask,
      endMask,
      ellipsisMask,
      newAxisMask,
      shrinkAxisMask,
    ),
  )
  const counts = info.begin.map((start, axis) =>
    Math.max(0, Math.ceil((info.end[axis]! - start) / info.strides[axis]!)),
  )
  const isBlock = info.strides.map((stride) => stride === 1)
  const block = slice(
    x!,
    info.begin.map((start, axis) => (isBlock[axis] && counts[axis]! > 0 ? start : 0)),
    counts.map((count, axis) => (isBlock[axis] ? count : x!.shape[axis]!)),
  )
  const out = counts.reduce(
    (rest, count, axis) =>
      isBlock[axis] ? rest : gathered(rest, axis, count, (i) => info.begin[axis]! + i * info.strides[axis]!),
    block,
  )
  return reshape(out, info.finalShape)
}

/** Kernels that move elements. */
export const STRUCTURE: Readonly<Record<string, Told>> = {
  BatchMatMul: ({ a, b }, attributes) => matMul(a!, b!, attributes),
  BroadcastTo: ({ x }, { shape }) => broadcastTo(x!, shape as Axes),
  Cast: ({ x }, { dtype }) => cast(x!, dtype as TensorType),
  Concat: (inputs, { axis }) => {
    const all = Object.values(inputs)
    // The first tells the type, as in tfjs.
    return concat(
      all.map((x) => cast(x, all[0]!.dtype as TensorType)),
      axis as number,
    )
  },
  Diag: ({ x }) => reshape(diag(reshape(x!, [-1])), [...x!.shape, ...x!.shape]),
  ExpandDims: ({ input }, { dim }) => expandDims(input!, dim as number),
  Fill: (_, { shape, value, dtype }) =>
    fill(shape as Axes, value as number, (dtype ?? 'float32') as TensorType),
  GatherV2: ({ x, indices }, { axis, batchDims }) => {
    if (batchDims) {
      throw new UnsupportedError(
        `compile: gather with batchDims cannot be traced, got batchDims ${String(batchDims)}: use pick of @variate/core/ops`,
      )
    }
    return gather(x!, indices!, axis as number)
  },
  Identity: ({ x }, _, trace) => trace.tensorOf(trace.nodeOf(x!)),
  LinSpace: (_, attributes) => {
    const { start, stop, num } = attributes as Record<'start' | 'stop' | 'num', number>
    const data = Float64Array.from(
      { length: num },
      (__, i) => start + (i && (i * (stop - start)) / (num - 1)),
    )
    return constant(data)
  },
  OneHot: ({ indices }, attributes) => {
    const { depth, onValue, offValue, dtype } = attributes as Record<
      'depth' | 'onValue' | 'offValue',
      number
    > & {
      dtype: TensorType
    }
    const places = constant(
      Int32Array.from({ length: depth }, (_, i) => i),
      'int32',
    )
    return cast(where(equal(expandDims(indices!, -1), places), onValue, offValue), dtype)
  },
  OnesLike: ({ x }) => fill(x!.shape, 1, x!.dtype as TensorType),
  Pack: (inputs, { axis }) => stack(Object.values(inputs), axis as number),
  PadV2: ({ x }, { paddings, constantValue }) => pad(x!, paddings as Axes[], constantValue as number),
  Range: (_, attributes) => {
    const { start, stop, step, dtype } = attributes as Record<'start' | 'stop' | 'step', number> & {
      dtype: TensorType
    }
    // As tfjs has it: a step of 1 counts down, too.
    const isEmpty = (start < stop && step < 0) || (stop < start && step > 1)
    const count = isEmpty ? 0 : Math.abs(Math.ceil((stop - start) / step))
    const by = stop < start && step === 1 ? -1 : step
    const data = dtype === 'float32' ? new Float64Array(count) : new Int32Array(count)
    for (let i = 0; i < count; i++)
      data[i] = i > 0 && dtype !== 'float32' ? data[i - 1]! + by : start + i * by
    return constant({ shape: [count], data } as never, dtype)
  },
  Reshape: ({ x }, { shape }) => reshape(x!, shape as Axes),
  Reverse: ({ x }, { dims }) =>
    [(dims ?? x!.shape.map((_, axis) => axis)) as number | number[]].flat().reduce((rest: Tensor, dim) => {
      const axis = fromStart(dim, x!)
      const length = rest.shape[axis]!
      return gathered(rest, axis, length, (i) => length - 1 - i)
    }, x!),
  Slice: ({ x }, { begin, size }) => {
    const [from, sizes] = parsed('slice', x!, () =>
      slice_util.parseSliceParams(x!, begin as number[], size as number[]),
    )
    return slice(x!, from!, sizes!)
  },
  SplitV: ({ x }, { numOrSizeSplits, axis }) => {
    const at = fromStart(axis as number, x!)
    // It writes into the list of sizes.
    const given = [numOrSizeSplits as number | number[]].flat()
    const sizes = parsed('split', x!, () =>
      backend_util.prepareSplitSize(x!, Array.isArray(numOrSizeSplits) ? given : given[0]!, at),
    )
    return blocks(x!, at, sizes)
  },
  StridedSlice: stridedSlice,
  Tile: ({ x }, { reps }) =>
    (reps as Axes).reduce((rest: Tensor, count, axis) => {
      if (count === 0) return part(rest, axis, 0, 0)
      return count === 1 ? rest : concat(Array<Tensor>(count).fill(rest), axis)
    }, x!),
  Transpose: ({ x }, { perm }) => transpose(x!, perm as Axes),
  Unpack: ({ value }, { axis }) => {
    const at = fromStart(axis as number, value!)
    return blocks(value!, at, Array<number>(value!.shape[at]!).fill(1)).map((x) =>
      reshape(x, value!.shape.toSpliced(at, 1)),
    )
  },
  ZerosLike: ({ x }) => fill(x!.shape, 0, x!.dtype as TensorType),
}
