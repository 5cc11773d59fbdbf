import type { Tensor } from '@tensorflow/tfjs-core'
import type { Shape } from '../../graph/node.ts'
import { moveAxis, spread, type Batched } from '../batched.ts'
import { each, ofEach } from '../each.ts'
import { run, type Apply, type Rule, type Step } from '../rule.ts'

/** Whether a node draws, for itself or for each element of a batch. */
export function isDraw({ op }: Step): boolean {
  return op.replace(/^(each )*/, '').startsWith('draw')
}

/** The parameters of all draws, of shape [size, ...shape], from those of each element. */
type Spread = (parameters: readonly Batched[], shape: Shape, size: number) => readonly Tensor[]

/** As a kernel of draws takes it: one number, or one for each draw. */
function parameter(x: Batched, shape: Shape, size: number): Tensor {
  return !x.isBatched && x.tensor.size === 1 ? x.tensor : spread(x, shape, size)
}

/** Rows that all elements share repeat in turn. */
function rows(x: Batched, shape: Shape, size: number): Tensor {
  return x.isBatched ? spread(x, shape, size) : x.tensor
}

const SPREAD: Readonly<Record<string, Spread>> = {
  drawCategorical: ([weights], shape, size) => [
    rows(weights!, [...shape, weights!.tensor.shape.at(-1)!], size),
  ],
  drawMultinomial: ([probs, total], shape, size) => [
    rows(probs!, shape, size),
    parameter(total!, shape.slice(0, -1), size),
  ],
}

/**
 * Draws with a key that all elements share are draws for all of them at once, so that each has its own; with a key of
 * its own an element has the draws of that key.
 */
export const draw: Rule = (node, inputs, size, apply) => {
  const inner = ofEach(node)
  const isPlain = !inner && node.attributes['key'] !== null
  const keys = isPlain ? [] : inputs.slice(0, 1)
  if (keys[0]?.isBatched) return each(node, inputs, size, apply)
  if (inner) return drawOfEach(inner, inputs, size, apply)
  const spreadAll: Spread =
    SPREAD[node.op] ?? ((parameters, shape) => parameters.map((x) => parameter(x, shape, size)))
  const parameters = spreadAll(inputs.slice(keys.length), node.shape, size)
  const attributes = { ...node.attributes, shape: [size, ...node.shape] }
  return run(node, [...keys.map((x) => x.tensor), ...parameters], attributes)
}

/** For each element that has a key, the draws for all others: batches of batches are the same in either order. */
function drawOfEach(
  { step, isBatched, size: count }: NonNullable<ReturnType<typeof ofEach>>,
  inputs: readonly Batched[],
  size: number,
  apply: Apply,
): Tensor {
  const turned = inputs.map((x, at) => ({
    tensor: x.isBatched && isBatched[at] ? moveAxis(x.tensor, 1, 0) : x.tensor,
    isBatched: isBatched[at]!,
  }))
  const ofOne = (...xs: readonly Tensor[]) => {
    const given = xs.map((tensor, at) => ({ tensor, isBatched: inputs[at]!.isBatched }))
    return [draw(step, given, size, apply)]
  }
  return moveAxis(apply(ofOne, turned, count)[0]!, 1, 0)
}
