import type { Tensor } from '@tensorflow/tfjs-core'
import { reshape, slice } from '@variate/core/ops'
import type { Placed } from './overPlates.ts'

/** The values of one element. */
export function elementAt(
  values: Readonly<Record<string, Placed>>,
  plates: readonly string[],
  index: readonly number[],
): Record<string, Tensor> {
  const placed = Object.entries(values).map(([name, value]): [string, Tensor] => {
    const own = plates.reduce((x, plate, i) => stepAt(x, plate, index[i]!), value)
    return [name, own.tensor]
  })
  return Object.fromEntries(placed)
}

/** Some steps of a value; all of it if it is of no step. */
export function sliced(value: Placed, chain: string, from: number, count: number): Placed {
  const axis = value.plates.indexOf(chain)
  if (axis < 0) return value
  const { shape } = value.tensor
  const begin = shape.map((_, i) => (i === axis ? from : 0))
  return { ...value, tensor: slice(value.tensor, begin, shape.with(axis, count)) }
}

/** One element along a plate, or a step of a chain. */
export function stepAt(value: Placed, plate: string, at: number): Placed {
  const axis = value.plates.indexOf(plate)
  if (axis < 0) return value
  const { tensor } = sliced(value, plate, at, 1)
  return {
    tensor: reshape(tensor, tensor.shape.toSpliced(axis, 1)),
    plates: value.plates.filter((other) => other !== plate),
  }
}
