import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '../errors.ts'
import { sizeOf } from '../ndarray.ts'
import { cast } from './cast.ts'
import { constant, fill } from './constant.ts'
import { newValues, runKernel, type Kernel } from './kernel.ts'
import { plainArray } from './plainArray.ts'
import { checkTensors, isTensor, type Real } from './real.ts'
import { isTracing } from './tidy.ts'

const gatherKernel: Kernel = {
  tfjs: ['GatherV2', 'x', 'indices'],
  compute: ([x, indices], attributes) => {
    const axis = attributes['axis'] as number
    const { data, shape, dtype } = x!
    const out = newValues(shape.toSpliced(axis, 1, ...indices!.shape), dtype)
    const length = shape[axis]!
    const outer = sizeOf(shape.slice(0, axis))
    const inner = sizeOf(shape.slice(axis + 1))
    let to = 0
    for (let o = 0; o < outer; o++) {
      for (const index of indices!.data) {
        if (!(index >= 0 && index < length)) {
          throw outOfRange(index, axis, length)
        }
        const from = (o * length + index) * inner
        for (let j = 0; j < inner; j++) out.data[to++] = data[from + j]!
      }
    }
    return out
  },
  gradient: (index, dy, [x, indices], attributes) =>
    index === 0 ? scatterAdd(dy, indices!, x!.shape, attributes['axis'] as number) : zerosOf(indices!),
}

/**
 * The slices of `x` along `axis` at `indices`, whose axes take its place: `gather(mu, c)` is mu[c].
 *
 * @param indices whole numbers from 0 to the length of the axis − 1.
 * @throws DomainError for others (a trace records them as they are).
 */
export function gather(x: Tensor, indices: Real, axis = 0): Tensor {
  checkTensors('gather', x)
  const along = axis < 0 ? axis + x.rank : axis
  const length = x.shape[along]!
  const whole = cast(constant(indices, 'int32'), 'int32')
  const values = isTracing()
    ? []
    : isTensor(indices)
      ? indices.dataSync()
      : plainArray(indices, 'gather').data
  for (let i = 0; i < values.length; i++) {
    const index = values[i]!
    if (Number.isInteger(index) && index >= 0 && index < length) continue
    throw outOfRange(index, along, length)
  }
  return runKernel('variate.gather', gatherKernel, [x, whole], { axis: along, batchDims: 0 })
}

function outOfRange(index: number, axis: number, length: number): DomainError {
  return new DomainError(
    `gather: indices must be 0 … ${length - 1} on axis ${axis} of length ${length}, got ${index}`,
  )
}

const scatterKernel: Kernel = {
  compute: ([dy, indices], attributes) => {
    const shape = attributes['shape'] as readonly number[]
    const axis = attributes['axis'] as number
    const out = newValues(shape, 'float32')
    const inner = sizeOf(shape.slice(axis + 1))
    const outer = sizeOf(shape.slice(0, axis))
    const count = indices!.data.length
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < count; i++) {
        const from = (o * count + i) * inner
        const to = (o * shape[axis]! + indices!.data[i]!) * inner
        for (let j = 0; j < inner; j++) out.data[to + j]! += dy!.data[from + j]!
      }
    }
    return out
  },
  gradient: (index, dy, [, indices], attributes) =>
    index === 0 ? gather(dy, indices!, attributes['axis'] as number) : zerosOf(indices!),
}

/** Zeros of `shape` with the slices of `x` added at `indices` along `axis`: the transpose of `gather`. */
export function scatterAdd(x: Tensor, indices: Tensor, shape: readonly number[], axis = 0): Tensor {
  return runKernel('variate.scatterAdd', scatterKernel, [x, indices], { shape: [...shape], axis })
}

function zerosOf(x: Tensor): Tensor {
  return fill(x.shape, 0)
}
