import { backend_util, type Tensor } from '@tensorflow/tfjs-core'
import { conv2dFilter, conv2dInput, conv2dOutput, convolvedShape, sameShape } from '@variate/core/internal'
import type { Attributes, Window } from '@variate/core/internal'
import { cast, pad, slice, transpose } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { activated } from './activated.ts'

type Shape4 = [number, number, number, number]
type Shape = readonly number[]

/** Images with their channels in front, as they are given, and at the end, as kernels of core take them. */
const [TO_LAST, TO_FIRST] = [
  [0, 2, 3, 1],
  [0, 3, 1, 2],
] as const

/** How a filter moves, and what TensorFlow.js takes the shape of the result for. */
interface Told2d {
  readonly window: Window
  readonly shape: Shape
  readonly isFirst: boolean
}

/** @param x the shape of images with their channels at the end. */
function told(x: Shape, filter: Shape, attributes: Attributes): Told2d {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes as {
    strides: number | [number, number]
    pad: 'same' | 'valid' | number
    dilations?: number | [number, number]
    dimRoundingMode?: 'floor' | 'round' | 'ceil'
    dataFormat: 'NHWC' | 'NCHW'
  }
  const info = backend_util.computeConv2DInfo(
    x as Shape4,
    filter as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
  )
  /** As many zeros behind as the last pixel of the result reaches. */
  const ends = (before: number, out: number, stride: number, span: number, length: number) =>
    [before, Math.max(0, (out - 1) * stride + span - before - length)] as const
  const { top, left } = info.padInfo
  const rows = ends(top, info.outHeight, info.strideHeight, info.effectiveFilterHeight, info.inHeight)
  const columns = ends(left, info.outWidth, info.strideWidth, info.effectiveFilterWidth, info.inWidth)
  const window: Window = {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    pad: [[0, 0], rows, columns, [0, 0]],
    dataFormat: 'NHWC',
  }
  return { window, shape: info.outShape, isFirst: dataFormat === 'NCHW' }
}

const last = (x: Tensor, isFirst: boolean): Tensor => real(isFirst ? transpose(x, TO_LAST) : x)
const asGiven = (x: Tensor, isFirst: boolean): Tensor => (isFirst ? transpose(x, TO_FIRST) : x)
const real = (x: Tensor): Tensor => cast(x, 'float32')
const isFirst = ({ dataFormat }: Attributes): boolean => dataFormat === 'NCHW'
const shapeLast = (shape: Shape, isFirst: boolean): Shape =>
  isFirst ? TO_LAST.map((axis) => shape[axis]!) : shape

const convolved: Told = ({ x, filter }, attributes) => {
  const images = last(x!, isFirst(attributes))
  const { window, shape } = told(images.shape, filter!.shape, attributes)
  const y = conv2dOutput(images, real(filter!), window)
  // TensorFlow.js takes a number of zeros around images for what leaves as many columns as rows would.
  const cut = sameShape(y.shape, shape) ? y : slice(y, [0, 0, 0, 0], shape)
  return asGiven(cut, isFirst(attributes))
}

/** A derivative with respect to a result, where that is smaller than the filter would make it. */
function whole(dy: Tensor, x: Shape, filter: Shape, window: Window): Tensor {
  const shape = convolvedShape(x, filter, window)
  return sameShape(shape, dy.shape)
    ? dy
    : pad(
        dy,
        shape.map((length, axis) => [0, length - dy.shape[axis]!]),
      )
}

const toInput: Told = ({ dy, filter }, attributes) => {
  const shape = shapeLast(attributes['inputShape'] as Shape, isFirst(attributes))
  const { window } = told(shape, filter!.shape, attributes)
  const given = whole(last(dy!, isFirst(attributes)), shape, filter!.shape, window)
  return asGiven(conv2dInput(given, real(filter!), shape, window), isFirst(attributes))
}

const toFilter: Told = ({ x, dy }, attributes) => {
  const shape = attributes['filterShape'] as Shape
  const images = last(x!, isFirst(attributes))
  const { window } = told(images.shape, shape, attributes)
  const given = whole(last(dy!, isFirst(attributes)), images.shape, shape, window)
  return conv2dFilter(images, given, shape, window)
}

const fused: Told = (inputs, attributes, trace) => {
  const y = convolved(inputs, attributes, trace) as Tensor
  return activated(y, inputs, attributes, trace)
}

/** Kernels that convolve images with filters. */
export const CONVOLUTIONS: Readonly<Record<string, Told>> = {
  Conv2D: convolved,
  Conv2DBackpropFilter: toFilter,
  Conv2DBackpropInput: toInput,
  FusedConv2D: fused,
}
