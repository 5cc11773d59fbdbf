import type { Tensor } from '@tensorflow/tfjs-core'
import { cast } from './cast.ts'
import { runKernel, type Kernel } from './kernel.ts'
import { repeatedAxes, sameShape } from './broadcast.ts'
import { checkTensors } from './real.ts'
import { reshape } from './shapes.ts'

const sumKernel: Kernel = {
  tfjs: ['Sum'],
  gradient: (_, dy, [x], { axis }) =>
    broadcastTo(reshape(dy, keptShape(x!.shape, axis as readonly number[])), x!.shape),
}

/** The sum over `axes`, or over all; each counts from the end if negative. */
export function sum(x: Tensor, axes?: readonly number[] | number, keepDims = false): Tensor {
  const axis = resolveAxes(x, axes, 'sum')
  const real = x.dtype === 'bool' ? cast(x, 'int32') : x
  const out =
    axis.length === 0 ? real : runKernel('variate.sum', sumKernel, [real], { axis, keepDims: false })
  return keepDims ? reshape(out, keptShape(x.shape, axis)) : out
}

/** Axes as they count from the start, in order; all of them if none are given. */
export function resolveAxes(x: Tensor, axes: readonly number[] | number | undefined, op: string): number[] {
  checkTensors(op, x)
  const given = axes === undefined ? x.shape.map((_, axis) => axis) : typeof axes === 'number' ? [axes] : axes
  return given.map((axis) => (axis < 0 ? axis + x.rank : axis)).toSorted((a, b) => a - b)
}

/** The shape of a reduction that keeps the axes it reduced, at length 1. */
export function keptShape(shape: readonly number[], axes: readonly number[]): number[] {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length))
}

const tileKernel: Kernel = {
  tfjs: ['Tile'],
  gradient: (_, dy, [x]) => sumTo(dy, x!.shape),
}

/** `x` repeated along axes of length 1, and new leading axes, to a shape that it broadcasts to. */
export function broadcastTo(x: Tensor, shape: readonly number[]): Tensor {
  checkTensors('broadcastTo', x)
  if (sameShape(x.shape, shape)) return x
  const own = shape.map((_, axis) => x.shape[axis - shape.length + x.rank] ?? 1)
  const reps = shape.map((length, axis) => (own[axis] === length ? 1 : length))
  return runKernel('variate.tile', tileKernel, [reshape(x, own)], { reps })
}

/** `x` summed over the axes that were broadcast from `shape`: the gradient of a broadcast. */
export function sumTo(x: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(x.shape, shape)) return x
  return reshape(sum(x, repeatedAxes(shape, x.shape)), shape)
}
