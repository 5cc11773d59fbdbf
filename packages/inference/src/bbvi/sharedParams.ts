import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { leavesOf, withLeaves, type TensorTree } from '@variate/core/internal'
import { add } from '@variate/core/ops'
import type { Estimator, ObjectiveParameters, Tree } from '@variate/estimators'
import type { ParamArrays, ParamTree, Variational } from '@variate/families'
import type { ClimbParams } from './climbState.ts'

type Sharing = Pick<Variational, 'shared'>

/** What q is evaluated with: parameters of its own, and what it shares with the model, unless it has that already. */
export function guideParams({ shared = [] }: Sharing, { model, guide }: ObjectiveParameters): ParamTree {
  return { ...chosen(model, shared), ...guide } as ParamTree
}

/** The same of plain data. */
export function guideArrays(sharing: Sharing, params: ClimbParams): ParamArrays {
  return guideParams(sharing, params as unknown as ObjectiveParameters) as unknown as ParamArrays
}

/** What q shares with the model, of what it is evaluated with. */
export function sharedOf({ shared = [] }: Sharing, params: ParamTree): ParamTree {
  return chosen(params as Tree, shared) as ParamTree
}

/**
 * An estimator of the gradient where q reads parameters of the model: it is given them twice, as the model's and as those of q, and
 * the derivatives in both are added. By the chain rule d/dφ L(φ, φ) = ∂₁L + ∂₂L, whatever an estimator makes of each: what it holds
 * still in log q it holds still there only.
 *
 * @throws UnsupportedError, by `init`, for one by which q climbs another objective than the model: the sum is the gradient of none.
 */
export function sharedGradient(estimator: Estimator, { shared = [] }: Sharing): Estimator {
  if (shared.length === 0) return estimator
  return {
    ...estimator,
    init: (outline, who) => {
      if (estimator.isOfTwoObjectives)
        throw new UnsupportedError(
          `${who}: ${estimator.name} moves q by another objective than the model, and "${shared[0]}" is read by both: take ` +
            'importanceWeighted(), or give q parameters of its own',
        )
      return estimator.init(outline, who)
    },
    estimate: (problem, { model, guide }, key, state) => {
      const both = { model, guide: { ...guide, ...chosen(model, shared) } }
      const { gradients, ...others } = estimator.estimate(problem, both, key, state)
      const sums = shared.map((name) => [name, sumOf(gradients.model[name]!, gradients.guide[name]!)])
      return {
        ...others,
        gradients: {
          model: { ...gradients.model, ...(Object.fromEntries(sums) as Tree) },
          guide: chosen(gradients.guide, Object.keys(guide)),
        },
      }
    },
  }
}

function chosen(tree: Tree, names: readonly string[]): Tree {
  return Object.fromEntries(names.map((name) => [name, tree[name]!]))
}

function sumOf(a: Tree[string], b: Tree[string]): TensorTree {
  const others = leavesOf(b as TensorTree, a as TensorTree, 'shared')
  return withLeaves(
    a as TensorTree,
    leavesOf(a as TensorTree).map((x, i): Tensor => add(x, others[i]!)),
  )
}
