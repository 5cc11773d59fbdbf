import { sizeOf, type Shape } from './node.ts'

/** For each element of the shape `out` its place in an array of `shape`, which broadcasts to it. */
export function broadcastOffsets(shape: Shape, out: Shape): Int32Array {
  const offsets = new Int32Array(sizeOf(out))
  let stride = 1
  let filled = 1
  for (let axis = out.length - 1; axis >= 0; axis--) {
    const length = shape[axis - out.length + shape.length] ?? 1
    const step = length === 1 ? 0 : stride
    for (let i = 1; i < out[axis]!; i++) {
      for (let j = 0; j < filled; j++) offsets[i * filled + j] = offsets[j]! + i * step
    }
    filled *= out[axis]!
    stride *= length
  }
  return offsets
}
