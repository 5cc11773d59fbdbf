import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '../errors.ts'
import { sizeOf } from '../ndarray.ts'
import { cast } from './cast.ts'
import { constant, fill } from './constant.ts'
import { newValues, runKernel, type Kernel } from './kernel.ts'
import type { Real } from './real.ts'

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
          throw new DomainError(
            `gather: indices must be from 0 to ${length - 1} on axis ${axis}, got ${index}`,
          )
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
 * @throws DomainError, on the cpu backend, for indices beyond.
 */
export function gather(x: Tensor, indices: Real, axis = 0): Tensor {
  const whole = cast(constant(indices, 'int32'), 'int32')
  return runKernel('variate.gather', gatherKernel, [x, whole], {
    axis: axis < 0 ? axis + x.rank : axis,
    batchDims: 0,
  })
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
