import type { Tensor } from '@tensorflow/tfjs-core'
import { batch } from '@variate/compile'

/** A value with an axis for each of its plates, in this order, before those of its event. */
export interface Placed {
  readonly tensor: Tensor
  readonly plates: readonly string[]
}

/**
 * A function of one element's values, for all elements of some plates: of what has an axis for a plate it sees the element's,
 * what has none is the same for all, and axes of other plates stay.
 *
 * @param plates the outermost first; results have an axis for each in this order.
 */
export function overPlates<Result>(
  plates: readonly string[],
  sizes: ReadonlyMap<string, number>,
  values: Readonly<Record<string, Placed>>,
  f: (values: Readonly<Record<string, Tensor>>) => Result,
): Result {
  const names = Object.keys(values)
  const [plate, ...inner] = plates
  if (plate === undefined) return f(Object.fromEntries(names.map((name) => [name, values[name]!.tensor])))
  const axes = names.map((name) => {
    const axis = values[name]!.plates.indexOf(plate)
    return axis < 0 ? null : axis
  })
  const ofElement = (...tensors: readonly Tensor[]): Result => {
    const within = names.map((name, i): [string, Placed] => [
      name,
      { tensor: tensors[i]!, plates: values[name]!.plates.filter((other) => other !== plate) },
    ])
    return overPlates(inner, sizes, Object.fromEntries(within), f)
  }
  const all = batch(ofElement, { axes: axes as never, size: sizes.get(plate)! })
  return all(...names.map((name) => values[name]!.tensor))
}
