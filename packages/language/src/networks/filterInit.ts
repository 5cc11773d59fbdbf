import { NdArray, ShapeError, type Key } from '@variate/core'
import type { Initializer } from './initializers.ts'

interface Filter {
  readonly rows: number
  readonly columns: number
  /** The channels of the images that the layer takes, and of those that it gives. */
  readonly ins: number
  readonly outs: number
}

/**
 * A filter to begin with: of each channel that comes out, the weights of all pixels and channels that go in.
 *
 * @param isTransposed whether the channels that go in are its last axis.
 * @returns [rows, columns, ins, outs], or [rows, columns, outs, ins].
 * @throws ShapeError for an initialiser that gives another shape than [outs, rows · columns · ins].
 */
export function filterInit(
  who: string,
  init: Initializer,
  key: Key,
  { rows, columns, ins, outs }: Filter,
  isTransposed = false,
): NdArray<Float32Array> {
  const area = rows * columns
  const { data, shape } = init(key, outs, ins, area)
  if (String(shape) !== String([outs, area * ins])) {
    throw new ShapeError(
      `${who}: init gave shape [${shape}], expected [outputs, area · inputs], here [${outs}, ${area * ins}]`,
    )
  }
  const weights = new Float32Array(data.length)
  for (let o = 0; o < outs; o++) {
    for (let pixel = 0; pixel < area; pixel++) {
      for (let k = 0; k < ins; k++) {
        const at = isTransposed ? (pixel * outs + o) * ins + k : (pixel * ins + k) * outs + o
        weights[at] = data[(o * area + pixel) * ins + k]!
      }
    }
  }
  return new NdArray(weights, [rows, columns, ...(isTransposed ? [outs, ins] : [ins, outs])])
}
