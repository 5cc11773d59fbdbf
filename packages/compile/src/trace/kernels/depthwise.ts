import { backend_util, type Tensor } from '@tensorflow/tfjs-core'
import type { Attributes } from '@variate/core/internal'
import { add, expandDims, mul, reshape, slice, stack, sum } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { activated } from './activated.ts'
import { placed, placesOf, seen, type Windows } from './windows.ts'

type Shape = readonly number[]
type Shape4 = [number, number, number, number]

function windowsOf(x: Shape, filter: Shape, attributes: Attributes): Windows {
  const { strides, pad, dilations, dimRoundingMode } = attributes as {
    strides: number
    pad: 'same'
    dilations?: number
    dimRoundingMode?: 'floor'
  }
  const [images, shape] = [x as Shape4, filter as Shape4]
  return backend_util.computeConv2DInfo(images, shape, strides, dilations ?? 1, pad, dimRoundingMode, true)
}

/** The filter [channels, multiples] for each pixel of a window. */
function tapsOf(filter: Tensor, w: Windows): readonly Tensor[] {
  const [, , channels, multiples] = filter.shape as Shape4
  return placesOf(w).map(([row, column]) =>
    reshape(slice(filter, [row, column, 0, 0], [1, 1, channels, multiples]), [channels, multiples]),
  )
}

/** Results with an axis of their own for the multiples of each channel. */
const parted = (y: Tensor, channels: number): Tensor => reshape(y, [...y.shape.slice(0, 3), channels, -1])

/** Each channel with filters of its own. */
const depthwise: Told = ({ x, filter }, attributes) => {
  const w = windowsOf(x!.shape, filter!.shape, attributes)
  const taps = tapsOf(filter!, w)
  const y = seen(x!, w)
    .map((part, i) => mul(expandDims(part, -1), taps[i]!))
    .reduce((a, b) => add(a, b))
  return reshape(y, [...y.shape.slice(0, 3), y.shape[3]! * y.shape[4]!])
}

/** Kernels of convolutions that leave channels apart. */
export const DEPTHWISE: Readonly<Record<string, Told>> = {
  DepthwiseConv2dNative: depthwise,
  DepthwiseConv2dNativeBackpropFilter: ({ x, dy }, attributes) => {
    const shape = attributes['filterShape'] as Shape
    const w = windowsOf(x!.shape, shape, attributes)
    const slopes = parted(dy!, shape[2]!)
    const taps = seen(x!, w).map((part) => sum(mul(expandDims(part, -1), slopes), [0, 1, 2]))
    return reshape(stack(taps), shape)
  },
  DepthwiseConv2dNativeBackpropInput: ({ dy, filter }, attributes) => {
    const w = windowsOf(attributes['inputShape'] as Shape, filter!.shape, attributes)
    const slopes = parted(dy!, filter!.shape[2]!)
    return placed(
      tapsOf(filter!, w).map((tap) => sum(mul(slopes, tap), -1)),
      w,
    )
  },
  FusedDepthwiseConv2D: (inputs, attributes, trace) =>
    activated(depthwise(inputs, attributes, trace) as Tensor, inputs, attributes, trace),
}
