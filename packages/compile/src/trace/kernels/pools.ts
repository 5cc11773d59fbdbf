import { backend_util, type Tensor } from '@tensorflow/tfjs-core'
import type { Attributes } from '@variate/core/internal'
import { add, and, cast, constant, div, equal, maximum, not, or, reshape, where } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { placed, placesOf, seen, type Windows } from './windows.ts'

function windowsOf({ shape }: Tensor, attributes: Attributes): Windows {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as {
    filterSize: number
    strides: number
    pad: 'same'
    dimRoundingMode?: 'floor'
  }
  const images = shape as [number, number, number, number]
  return backend_util.computePool2DInfo(images, filterSize, strides, 1, pad, dimRoundingMode)
}

/** How many pixels of each window lie in the images. */
function counts(w: Windows): Tensor {
  const { top, left } = w.padInfo
  const data = new Float32Array(w.outHeight * w.outWidth)
  for (const [at] of data.entries()) {
    const [i, j] = [Math.floor(at / w.outWidth), at % w.outWidth]
    for (const [row, column] of placesOf(w)) {
      const [y, x] = [i * w.strideHeight + row - top, j * w.strideWidth + column - left]
      if (y >= 0 && y < w.inHeight && x >= 0 && x < w.inWidth) data[at]!++
    }
  }
  return reshape(constant(data), [w.outHeight, w.outWidth, 1])
}

/** To the first of those that are largest. */
const maxPoolGrad: Told = ({ dy, input, output }, attributes) => {
  const w = windowsOf(input!, attributes)
  let found: Tensor | undefined
  const parts = seen(input!, w, -Infinity).map((x) => {
    const isLargest = equal(x, output!)
    const isFirst = found ? and(isLargest, not(found)) : isLargest
    found = found ? or(found, isLargest) : isLargest
    return where(isFirst, dy!, 0) as Tensor
  })
  return placed(parts, w)
}

/** Kernels that make one pixel of those of a window. */
export const POOLS: Readonly<Record<string, Told>> = {
  AvgPool: ({ x }, attributes) => {
    const w = windowsOf(x!, attributes)
    return div(
      seen(cast(x!, 'float32'), w).reduce((a, b) => add(a, b)),
      counts(w),
    )
  },
  AvgPoolGrad: ({ dy, input }, attributes) => {
    const w = windowsOf(input!, attributes)
    const share = div(dy!, counts(w))
    return placed(
      placesOf(w).map(() => share),
      w,
    )
  },
  MaxPool: ({ x }, attributes) =>
    seen(cast(x!, 'float32'), windowsOf(x!, attributes), -Infinity).reduce((a, b) => maximum(a, b)),
  MaxPoolGrad: maxPoolGrad,
}
