import { leavesOf, withLeaves, type TensorTree } from '@variate/core/internal'
import { neg } from '@variate/core/ops'
import { applyUpdates, type Optimizer } from '../optimizers/optimizer.ts'

/** Parameters after a step of an optimiser, which goes down, up a gradient; and what it keeps. */
export function uphill(
  optimizer: Optimizer,
  params: TensorTree,
  ascent: TensorTree,
  kept: TensorTree,
): { readonly params: TensorTree; readonly state: TensorTree } {
  const descent = withLeaves(
    ascent,
    leavesOf(ascent).map((x) => neg(x)),
  )
  const { updates, state } = optimizer.update(descent, kept, params)
  return { params: applyUpdates(params, updates), state }
}
