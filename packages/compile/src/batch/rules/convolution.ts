import type { Tensor } from '@tensorflow/tfjs-core'
import { conv2dFilter, conv2dInput, conv2dOutput } from '@variate/core/internal'
import { reshape } from '@variate/core/ops'
import type { Shape } from '../../graph/node.ts'
import { moveAxis, type Batched } from '../batched.ts'
import { each } from '../each.ts'
import type { Rule } from '../rule.ts'

// A convolution of images and a filter, and its derivatives, each of two of the three: where only one of them differs from element
// to element, those of all elements are one, with more images or with more channels. Else they are computed one after the other.

/** The batch axis as part of an axis behind it, in front of what was there. */
function merged({ tensor }: Batched, axis: number): Tensor {
  const moved = moveAxis(tensor, 0, axis)
  const [size, length] = moved.shape.slice(axis, axis + 2) as [number, number]
  return reshape(moved, moved.shape.toSpliced(axis, 2, size * length))
}

/** The batch axis out of an axis. */
function parted(x: Tensor, axis: number, size: number): Tensor {
  return moveAxis(reshape(x, x.shape.toSpliced(axis, 1, size, x.shape[axis]! / size)), axis, 0)
}

/** The last axis of images and results; of a filter the axes of channels that these have. */
const [CHANNELS, INS, OUTS] = [3, 2, 3]

/** @param of where the axes of `node` hold what all elements have together, by which input has the batch axis. */
const one =
  (
    compute: (a: Tensor, b: Tensor, shape: Shape, node: Parameters<Rule>[0]) => Tensor,
    axes: readonly Merge[],
  ): Rule =>
  (node, inputs, size, apply) => {
    const [a, b] = inputs as readonly [Batched, Batched]
    if ((a.isBatched && b.isBatched) || size === 0) return each(node, inputs, size, apply)
    const { from, to } = axes[a.isBatched ? 0 : 1]!
    const shape = node.shape.with(to, node.shape[to]! * size)
    const [left, right] = [a, b].map((x) => (x.isBatched ? merged(x, from) : x.tensor)) as [Tensor, Tensor]
    return parted(compute(left, right, shape, node), to, size)
  }

/** The axis of an input that takes the batch axis up, and the axis of the result that has it then. */
interface Merge {
  readonly from: number
  readonly to: number
}

/** Kernels of convolutions. */
export const CONVOLUTION: Readonly<Record<string, Rule>> = {
  conv2d: one(
    (x, filter, _, { attributes }) => conv2dOutput(x, filter, attributes),
    [
      { from: 0, to: 0 },
      { from: OUTS, to: CHANNELS },
    ],
  ),
  conv2dFilter: one(
    (x, dy, shape, { attributes }) => conv2dFilter(x, dy, shape, attributes),
    [
      { from: CHANNELS, to: INS },
      { from: CHANNELS, to: OUTS },
    ],
  ),
  convTranspose2d: one(
    (dy, filter, shape, { attributes }) => conv2dInput(dy, filter, shape, attributes),
    [
      { from: 0, to: 0 },
      { from: INS, to: CHANNELS },
    ],
  ),
}
