import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Attributes } from '@variate/core/internal'
import type { Operation } from '../graph/graph.ts'
import type { Batched } from './batched.ts'

/** What of a node its rule needs: what it does to one element, and the shape that this gives. */
export type Step = Pick<Operation, 'op' | 'attributes' | 'shape' | 'dtype' | 'kernel'>

/** A function of tensors of one element, for `size` elements; the results have the batch axis. */
export type Apply = (
  f: (...xs: Tensor[]) => readonly Tensor[],
  inputs: readonly Batched[],
  size: number,
) => readonly Tensor[]

/** A node for all elements: of inputs of which at least one has the batch axis, but for draws, a result that has it. */
export type Rule = (node: Step, inputs: readonly Batched[], size: number, apply: Apply) => Tensor

/** The kernel of a node, of other inputs. */
export function run(
  { op, kernel, attributes }: Step,
  inputs: readonly Tensor[],
  others: Attributes = attributes,
): Tensor {
  return runKernel(`variate.${op}`, kernel!, inputs, others)
}
