import type { backend_util, Tensor } from '@tensorflow/tfjs-core'
import { add, pad, reshape, slice } from '@variate/core/ops'

/** How a window moves over images, as TensorFlow.js tells it. */
export type Windows = Pick<
  ReturnType<typeof backend_util.computeConv2DInfo>,
  | 'inHeight'
  | 'inWidth'
  | 'outHeight'
  | 'outWidth'
  | 'strideHeight'
  | 'strideWidth'
  | 'dilationHeight'
  | 'dilationWidth'
  | 'filterHeight'
  | 'filterWidth'
  | 'padInfo'
>

/** A pixel of a window. */
type Place = readonly [row: number, column: number]

/** The pixels of a window, row by row. */
export function placesOf({ filterHeight, filterWidth }: Windows): readonly Place[] {
  return Array.from({ length: filterHeight * filterWidth }, (_, i) => [
    Math.floor(i / filterWidth),
    i % filterWidth,
  ])
}

/** Rows and columns of images with all that windows reach, in steps that are whole. */
function reachOf(w: Windows): readonly [number, number] {
  const { top, left } = w.padInfo
  return [
    Math.max(top + w.inHeight, (w.filterHeight - 1) * w.dilationHeight + w.outHeight * w.strideHeight),
    Math.max(left + w.inWidth, (w.filterWidth - 1) * w.dilationWidth + w.outWidth * w.strideWidth),
  ]
}

/** For each pixel of a window what of the images lies there: [images, rows, columns, channels] of the result. */
export function seen(x: Tensor, w: Windows, outside = 0): readonly Tensor[] {
  const { top, left } = w.padInfo
  const [rows, columns] = reachOf(w)
  const [images, , , channels] = x.shape as [number, number, number, number]
  const ends = [
    [top, rows - top - w.inHeight],
    [left, columns - left - w.inWidth],
  ]
  const whole = ends.flat().every((n) => n === 0) ? x : pad(x, [[0, 0], ...ends, [0, 0]], outside)
  return placesOf(w).map(([row, column]) => {
    const begin = [0, row * w.dilationHeight, column * w.dilationWidth, 0]
    const size = [images, w.outHeight * w.strideHeight, w.outWidth * w.strideWidth, channels]
    const part = slice(whole, begin, size)
    if (w.strideHeight === 1 && w.strideWidth === 1) return part
    const steps = reshape(part, [images, w.outHeight, w.strideHeight, w.outWidth, w.strideWidth, channels])
    const first = slice(steps, [0, 0, 0, 0, 0, 0], [images, w.outHeight, 1, w.outWidth, 1, channels])
    return reshape(first, [images, w.outHeight, w.outWidth, channels])
  })
}

/** The transpose of `seen`: what is told for each pixel of a window, added where it lies in the images. */
export function placed(parts: readonly Tensor[], w: Windows): Tensor {
  const [rows, columns] = reachOf(w)
  const [images, , , channels] = parts[0]!.shape as [number, number, number, number]
  const places = placesOf(w)
  const all = parts.map((part, i) => {
    const [row, column] = places[i]!
    const [down, across] = [w.outHeight * w.strideHeight, w.outWidth * w.strideWidth]
    const steps = reshape(part, [images, w.outHeight, 1, w.outWidth, 1, channels])
    const none = [0, 0]
    const apart = pad(steps, [none, none, [0, w.strideHeight - 1], none, [0, w.strideWidth - 1], none])
    const [top, left] = [row * w.dilationHeight, column * w.dilationWidth]
    const ends = [
      [top, rows - top - down],
      [left, columns - left - across],
    ]
    return pad(reshape(apart, [images, down, across, channels]), [none, ...ends, none])
  })
  const sum = all.reduce((a, b) => add(a, b))
  return slice(sum, [0, w.padInfo.top, w.padInfo.left, 0], [images, w.inHeight, w.inWidth, channels])
}
