import { ShapeError } from '../errors.ts'

/**
 * The shape that shapes broadcast to, by NumPy's rule: axes are matched from the last, and an axis of length 1, or
 * a missing one, repeats.
 *
 * @param who names the operation in the error.
 * @throws ShapeError if they do not broadcast.
 *
 * @example
 * ```ts
 * import { broadcastShapes } from '@variate/core/ops'
 *
 * broadcastShapes([[3, 1], [4]]) // => [3, 4]
 * ```
 */
export function broadcastShapes(
  shapes: readonly (readonly number[])[],
  who = 'broadcastShapes',
): readonly number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    let length = 1
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1
      if (own === 1 || own === length) continue
      if (length !== 1) {
        throw new ShapeError(
          `${who}: shapes ${shapes.map((item) => `[${item.join(', ')}]`).join(' and ')} do not broadcast`,
        )
      }
      length = own
    }
    return length
  })
}

/** The axes of the broadcast shape `out` along which `shape` repeats: to sum over, for a gradient. */
export function repeatedAxes(shape: readonly number[], out: readonly number[]): number[] {
  const lead = out.length - shape.length
  return out.flatMap((length, axis) => (axis < lead || shape[axis - lead] !== length ? [axis] : []))
}

/** Row-major strides of `shape` seen through the broadcast shape `out`: 0 where it repeats. */
function stridesIn(shape: readonly number[], out: readonly number[]): Int32Array {
  const strides = new Int32Array(out.length)
  let stride = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const at = axis + out.length - shape.length
    strides[at] = shape[axis] === 1 ? 0 : stride
    stride *= shape[axis]!
  }
  return strides
}

/** Where each element of the broadcast shape `out` is found in an array of `shape`. */
export function offsetsIn(shape: readonly number[], out: readonly number[], size: number): Int32Array {
  const strides = stridesIn(shape, out)
  const offsets = new Int32Array(size)
  let filled = 1
  for (let axis = out.length - 1; axis >= 0; axis--) {
    const stride = strides[axis]!
    for (let i = 1; i < out[axis]!; i++) {
      for (let j = 0; j < filled; j++) offsets[i * filled + j] = offsets[j]! + i * stride
    }
    filled *= out[axis]!
  }
  return offsets
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis])
}
