import type { Tensor } from '@tensorflow/tfjs-core'
import { leavesOf, withLeaves, type TensorTree } from '@variate/core/internal'
import { foldInKey, isFinite, where } from '@variate/core/ops'
import type { ObjectiveParameters, Tree } from '@variate/estimators'
import type { ParamTree } from '@variate/families'
import type { ClimbOptions } from './climbState.ts'
import { halves, localAscent } from './localAscent.ts'
import { problemOf, structureOf, type Seen, type Setting } from './problemOf.ts'
import { sharedGradient } from './sharedParams.ts'
import { putBack, takenRows } from './takenRows.ts'
import { uphill } from './uphill.ts'
import { watch, type Watched } from './watch.ts'

/** What the key of a step is folded with, for what is random in networks: no estimator or algorithm counts so far. */
const TRAINING = 0x7fffffff
/** The same for data that are drawn afresh. */
const DRAWN = 0x7ffffffe

/** What a step carries, as tensors. */
export interface Carried {
  readonly params: TensorTree
  readonly optimizer: TensorTree
  readonly estimator: TensorTree
  readonly objective: Tensor
  readonly watched: Watched & TensorTree
  /** Only where convergence is watched: what does not change need not be carried. */
  readonly best?: TensorTree
}

interface Stepped {
  readonly state: Carried
  /** `end` where it is watched. */
  readonly outputs: { readonly objective: Tensor; readonly end?: Tensor } & Readonly<Record<string, Tensor>>
}

interface ParamTrees {
  readonly model: ParamTree
  readonly guide: ParamTree
}

/** One step, as a pure function of tensors. */
export function stepOf(
  setting: Setting,
  options: ClimbOptions,
): (now: Carried, key: Tensor, seen: Seen) => Stepped {
  const { optimizer, taken, convergence, localSteps, measure, isTraining = true } = options
  const { variational } = setting
  const estimator = sharedGradient(options.estimator, variational)
  const structure = structureOf(setting, taken)
  return (now, key, seen) => {
    const state = now.estimator as unknown as Tree
    const { shared, local: all } = halves(variational, now.params as unknown as ParamTrees, options)
    const { model, guide: global } = shared
    const local = localSteps === 0 ? {} : takenRows(all, variational, seen.rows)
    const fresh = setting.drawn ? { ...seen, key: foldInKey(key, DRAWN) } : seen
    const problem = problemOf(setting, structure, fresh, {
      isTaken: localSteps > 0,
      ...(isTraining ? { training: foldInKey(key, TRAINING) } : {}),
    })
    const own =
      localSteps === 0
        ? local
        : localAscent(
            { problem, model, global, local, estimator, state, optimizer, count: localSteps },
            foldInKey(key, 1),
          )
    const parameters = { model, guide: { ...global, ...own } } as unknown as ObjectiveParameters
    const estimate = estimator.estimate(problem, parameters, key, state)
    const { objective, gradients } = estimate
    const measured = measure?.(estimate.state as unknown as TensorTree) ?? {}
    const { shared: ascent } = halves(variational, gradients as unknown as ParamTrees, options)
    const { params: moved, state: kept } = uphill(optimizer, shared as never, ascent as never, now.optimizer)
    const stepped = moved as unknown as ParamTrees
    const back = localSteps === 0 ? {} : putBack(all, own, variational, seen.rows)
    const params = ordered(
      { model: stepped.model, guide: { ...stepped.guide, ...back } } as never,
      now.params,
    )
    const after = {
      params,
      optimizer: kept,
      estimator: estimate.state as unknown as TensorTree,
      objective,
    }
    if (!convergence) {
      // Whether all is finite is looked at from time to time: what was not stays so, until then.
      const before = where(isFinite(objective), now.watched.before, objective)
      return {
        state: { ...after, watched: { ...now.watched, before } as Carried['watched'] },
        outputs: { objective, ...measured },
      }
    }
    const { next: watched, isBest } = watch(now.watched, objective, convergence)
    return {
      state: { ...after, watched: watched as Carried['watched'], best: chosen(isBest, params, now.best!) },
      outputs: { objective, end: watched.end, ...measured },
    }
  }
}

/** A tree with its entries in the order of another. */
function ordered(tree: TensorTree, like: TensorTree): TensorTree {
  return withLeaves(like, leavesOf(tree, like, 'climb'))
}

/** One tree or another of the same structure. */
function chosen<Tree extends TensorTree>(condition: Tensor, yes: Tree, no: Tree): Tree {
  const others = leavesOf(no, yes, 'climb')
  return withLeaves(
    yes,
    leavesOf(yes).map((x, i) => where(condition, x, others[i]!)),
  )
}
