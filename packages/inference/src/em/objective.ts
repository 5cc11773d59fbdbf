import type { Tensor } from '@tensorflow/tfjs-core'
import { batch } from '@variate/compile'
import { NdArray } from '@variate/core'
import { add, fill, greater, mul, sum, where } from '@variate/core/ops'
import { entryOf, type Bound } from '@variate/language/internal'
import { logOfTerm, type Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import type { Completion } from './completions.ts'
import { rowOfTerm } from './rowsOfTerm.ts'

/** A completion as tensors. */
export interface CompletionTensors {
  readonly weights: Tensor
  readonly rows: Tensors
}

/** A completion as compiled functions are given it. */
export function plainCompletion({ term, weights, points, rows }: Completion): {
  readonly weights: NdArray
  readonly rows: Completion['rows']
} {
  return { weights: new NdArray(weights, [points, ...term.lengths]), rows }
}

/**
 * E_q[log p(x, z | θ)] of some terms, in nats, as a function of tensors.
 *
 */
export function expectedLogJoint(
  bound: Bound,
  terms: readonly Term[],
  given: Tensors,
  masks: Tensors,
  completions: readonly CompletionTensors[],
): Tensor {
  return terms
    .map((term, i) => {
      const { weights, rows } = completions[i]!
      const logs = batch(
        (row: Tensors) => logOfTerm(bound, term, given, rowOfTerm(term, row), entryOf(masks, term.site.name)),
        { size: weights.shape[0]! },
      )(rows)
      // What counts for nothing may be −∞.
      return sum(mul(weights, where(greater(weights, 0), logs, 0)))
    })
    .reduce((a, b) => add(a, b), fill([], 0))
}
