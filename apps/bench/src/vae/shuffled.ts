import type { Tensor } from '@tensorflow/tfjs-core'
import {
  add,
  and,
  cast,
  constant,
  div,
  drawUniform,
  equal,
  expandDims,
  floor,
  foldInKey,
  gather,
  less,
  mul,
  or,
  sub,
  sum,
} from '@variate/core/ops'

/**
 * Which of so many elements a step takes, int32 [count], without replacement: in each epoch another order, in which what is left of
 * the size is left out.
 *
 * The rank of a uniform number among as many as there are elements is in a random order an element itself: a step ranks the
 * numbers of its own places, and nothing is sorted.
 *
 * @param key of all epochs.
 * @param step its number, int32.
 */
export function shuffled(key: Tensor, step: Tensor, size: number, count: number): Tensor {
  const each = Math.floor(size / count)
  // Real numbers, which are compared by vectors.
  const number = cast(step, 'float32')
  const epoch = floor(div(number, each))
  const uniforms = drawUniform(foldInKey(key, cast(epoch, 'int32')), [size])
  const places = add(mul(count, sub(number, mul(each, epoch))), constant(upTo(count)))
  const [own, at] = [gather(uniforms, cast(places, 'int32')), places].map((x) => expandDims(x, 1))
  // Equal numbers, which are rare, are in the order of their places.
  const isBefore = or(less(uniforms, own!), and(equal(uniforms, own!), less(constant(upTo(size)), at!)))
  return cast(sum(cast(isBefore, 'float32'), 1), 'int32')
}

function upTo(count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => i)
}
