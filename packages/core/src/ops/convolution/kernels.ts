import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Attributes, type Kernel } from '../kernel.ts'
import { summed } from './taps.ts'
import { lengthOf, type Window } from './window.ts'

// A convolution y is linear in images x and in the filter: ⟨y, dy⟩ is linear in all three, and its derivatives with respect to
// one of them are what the kernels below make of the other two. Their own derivatives are these kernels again.

type Shape = readonly number[]

/** Kernels of TensorFlow.js for derivatives leave dilations out. */
const isDense = (attributes: Attributes): boolean =>
  (attributes as unknown as Window).dilations.every((dilation) => dilation === 1)

/** y, of x and the filter. */
const forward: Kernel = {
  tfjs: ['Conv2D', 'x', 'filter'],
  compute: ([x, filter], attributes) => {
    const shapes = {
      x: x!.shape,
      filter: filter!.shape,
      y: convolvedShape(x!.shape, filter!.shape, attributes),
    }
    return summed('y', shapes, { x: x!, filter: filter! }, attributes)
  },
  gradient: (index, dy, [x, filter], attributes) =>
    index === 0
      ? conv2dInput(dy, filter!, x!.shape, attributes)
      : conv2dFilter(x!, dy, filter!.shape, attributes),
}

/** x, of y and the filter. */
const ofInput: Kernel = {
  tfjs: ['Conv2DBackpropInput', 'dy', 'filter'],
  suits: isDense,
  compute: ([y, filter], attributes) => {
    const x = attributes['inputShape'] as Shape
    return summed('x', { x, filter: filter!.shape, y: y!.shape }, { y: y!, filter: filter! }, attributes)
  },
  gradient: (index, dx, [y, filter], attributes) =>
    index === 0 ? conv2dOutput(dx, filter!, attributes) : conv2dFilter(dx, y!, filter!.shape, attributes),
}

/** The filter, of x and y. */
const ofFilter: Kernel = {
  tfjs: ['Conv2DBackpropFilter', 'x', 'dy'],
  suits: isDense,
  compute: ([x, y], attributes) => {
    const filter = attributes['filterShape'] as Shape
    return summed('filter', { x: x!.shape, filter, y: y!.shape }, { x: x!, y: y! }, attributes)
  },
  gradient: (index, df, [x, y], attributes) =>
    index === 0 ? conv2dInput(y!, df, x!.shape, attributes) : conv2dOutput(x!, df, attributes),
}

/** The convolution of images [batch, height, width, in] and a filter [rows, columns, in, out]. */
export function conv2dOutput(x: Tensor, filter: Tensor, window: Attributes | Window): Tensor {
  return runKernel('variate.conv2d', forward, [x, filter], plain(window))
}

/** Its derivative with respect to images of a shape, times `dy`. */
export function conv2dInput(dy: Tensor, filter: Tensor, shape: Shape, window: Attributes | Window): Tensor {
  const attributes = { ...plain(window), inputShape: [...shape] }
  return runKernel('variate.convTranspose2d', ofInput, [dy, filter], attributes)
}

/** Its derivative with respect to a filter of a shape, times `dy`. */
export function conv2dFilter(x: Tensor, dy: Tensor, shape: Shape, window: Attributes | Window): Tensor {
  const attributes = { ...plain(window), filterShape: [...shape] }
  return runKernel('variate.conv2dFilter', ofFilter, [x, dy], attributes)
}

/** The window alone. */
function plain(window: Attributes | Window): Attributes {
  const { strides, dilations, pad, dataFormat } = window as Window
  return { strides, dilations, pad, dataFormat }
}

/** The shape of what a filter makes of images. */
export function convolvedShape(x: Shape, filter: Shape, window: Attributes | Window): Shape {
  const along = (i: 0 | 1): number => lengthOf(window as Window, i, x[i + 1]!, filter[i]!)
  return [x[0]!, along(0), along(1), filter[3]!]
}
